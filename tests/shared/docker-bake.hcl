# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/shop"
}

group "default" {
  targets = ["web"]
}

target "web" {
  context = "build/web"
  tags    = ["${REGISTRY}/shop-web:7f9e850edfdf"]
}
