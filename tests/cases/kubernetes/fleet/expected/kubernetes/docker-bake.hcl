# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/fleet"
}

group "default" {
  targets = ["desk", "map"]
}

target "desk" {
  context = "build/desk"
  tags    = ["${REGISTRY}/fleet-desk:8b3736ce0b2d"]
}

target "map" {
  context = "build/map"
  tags    = ["${REGISTRY}/fleet-map:1b6d589b68ed"]
}
