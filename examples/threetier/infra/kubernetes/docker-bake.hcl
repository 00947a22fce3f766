# The images of components. `docker buildx bake --push` builds them and pushes them to the registry.

variable "REGISTRY" {
  default = "registry.example.org/examples"
}

group "default" {
  targets = ["orders", "shop", "stock"]
}

target "orders" {
  context = "build/orders"
  tags    = ["${REGISTRY}/harbour-orders:286e27330a24"]
}

target "shop" {
  context = "build/shop"
  tags    = ["${REGISTRY}/harbour-shop:e728b2fb0e56"]
}

target "stock" {
  context = "build/stock"
  tags    = ["${REGISTRY}/harbour-stock:a581ee84deae"]
}
