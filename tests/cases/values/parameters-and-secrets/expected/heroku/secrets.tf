# camp.yaml: secret database_password
resource "random_password" "database_password" {
  length  = 32
  special = false
}

# camp.yaml: secret seal
resource "random_password" "seal" {
  length  = 40
  special = false
}
