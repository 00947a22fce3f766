# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["todo"]
}

target "todo" {
  context = "build/todo"
  tags    = ["${REGISTRY}/todo-todo:cb88486f5151"]
}
