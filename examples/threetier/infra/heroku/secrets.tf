# camp.yaml: secret seal. Seals the forms that visitors send
resource "random_password" "seal" {
  length  = 32
  special = false
}
