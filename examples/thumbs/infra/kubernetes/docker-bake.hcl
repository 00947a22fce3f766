# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["thumbs"]
}

target "thumbs" {
  context = "build/thumbs"
  tags    = ["${REGISTRY}/thumbs-thumbs:6de9d250430c"]
}
