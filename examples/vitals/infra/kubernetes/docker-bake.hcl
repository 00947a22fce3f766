# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["vitals"]
}

target "vitals" {
  context = "build/vitals"
  tags    = ["${REGISTRY}/vitals-vitals:d38b3e49d7f4"]
}
