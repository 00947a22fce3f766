# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["recipes"]
}

target "recipes" {
  context = "build/recipes"
  tags    = ["${REGISTRY}/recipes-recipes:a107002e51b3"]
}
