# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["front", "gallery"]
}

target "front" {
  context = "build/front"
  tags    = ["${REGISTRY}/gallery-front:c94c33fcab11"]
}

target "gallery" {
  context = "build/gallery"
  tags    = ["${REGISTRY}/gallery-gallery:9ca0f6d2411c"]
}
