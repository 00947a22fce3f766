# camp.yaml: secret seal. The key that signs the forms
resource "random_password" "seal" {
  length  = 32
  special = false
}
