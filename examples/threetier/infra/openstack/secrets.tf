# camp.yaml: secret seal
resource "random_password" "seal" {
  length  = 32
  special = false
}
