# camp.yaml: secret session_key. Secret session_key of the plan.
resource "random_password" "session_key" {
  length  = 50
  special = false
}
