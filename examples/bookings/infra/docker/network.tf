# For containers whose tier names no network
resource "docker_network" "default" {
  name = "bookings-default"
}

# For load balancers
resource "docker_image" "balancer" {
  name         = "haproxy:3.0"
  keep_locally = true
}
