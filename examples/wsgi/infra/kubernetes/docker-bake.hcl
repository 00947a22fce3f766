# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["app"]
}

target "app" {
  context = "build/app"
  tags    = ["${REGISTRY}/sensor-readings-app:716a82a35878"]
}
