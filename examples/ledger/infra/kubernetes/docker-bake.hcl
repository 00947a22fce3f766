# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["ledger"]
}

target "ledger" {
  context = "build/ledger"
  tags    = ["${REGISTRY}/ledger-ledger:63282283f301"]
}
