# For containers whose tier names no network
resource "docker_network" "default" {
  name = "thumbs-default"
}
