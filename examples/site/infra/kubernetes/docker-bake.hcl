# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["site"]
}

target "site" {
  context = "build/site"
  tags    = ["${REGISTRY}/tide-tables-site:9fd47c608e64"]
}
