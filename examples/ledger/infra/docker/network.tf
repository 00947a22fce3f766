# For containers whose tier names no network
resource "docker_network" "default" {
  name = "ledger-default"
}

# For load balancers
resource "docker_image" "balancer" {
  name         = "haproxy:3.0"
  keep_locally = true
}
