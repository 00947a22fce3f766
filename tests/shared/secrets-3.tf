# camp.yaml: secret key. Signs sessions
resource "random_password" "key" {
  length  = 32
  special = false
}
