# camp.yaml: secret call_token. The token of calls between the services
resource "random_password" "call_token" {
  length  = 40
  special = false
}
