# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["api"]
}

target "api" {
  context = "build/api"
  tags    = ["${REGISTRY}/bookings-api:3ae8062f5135"]
}
