# camp.yaml: secret token. A token
resource "random_password" "token" {
  length  = 32
  special = false
}
