# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["web"]
}

target "web" {
  context = "build/web"
  tags    = ["${REGISTRY}/guestbook-web:79487c7d431b"]
}
