# camp.yaml: secret database_password. Secret database_password of the plan.
resource "random_password" "database_password" {
  length  = 32
  special = false
}

# camp.yaml: secret seal. The key that signs the forms
resource "random_password" "seal" {
  length  = 40
  special = false
}
