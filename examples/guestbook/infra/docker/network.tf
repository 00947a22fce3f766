# camp.yaml: network back
resource "docker_network" "back" {
  name = "guestbook-back"

  ipam_config {
    subnet = "10.20.2.0/24"
  }
}

# camp.yaml: network front
resource "docker_network" "front" {
  name = "guestbook-front"

  ipam_config {
    subnet = "10.20.1.0/24"
  }
}

# For load balancers
resource "docker_image" "balancer" {
  name         = "haproxy:3.0"
  keep_locally = true
}
