# camp.yaml: network back
resource "docker_network" "back" {
  name = "harbour-back"

  ipam_config {
    subnet = "10.30.2.0/24"
  }
}

# camp.yaml: network front
resource "docker_network" "front" {
  name = "harbour-front"

  ipam_config {
    subnet = "10.30.1.0/24"
  }
}

# For load balancers
resource "docker_image" "balancer" {
  name         = "haproxy:3.0"
  keep_locally = true
}
