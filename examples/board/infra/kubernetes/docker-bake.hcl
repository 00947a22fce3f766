# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["board"]
}

target "board" {
  context = "build/board"
  tags    = ["${REGISTRY}/board-board:73f6a7446473"]
}
