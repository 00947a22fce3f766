# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["people", "tickets", "web"]
}

target "people" {
  context = "build/people"
  tags    = ["${REGISTRY}/tickets-people:4d1caee4938f"]
}

target "tickets" {
  context = "build/tickets"
  tags    = ["${REGISTRY}/tickets-tickets:15ef29a046fa"]
}

target "web" {
  context = "build/web"
  tags    = ["${REGISTRY}/tickets-web:c04c614a1e27"]
}
