# The engine is that of DOCKER_HOST, or the local one.
provider "docker" {
}
