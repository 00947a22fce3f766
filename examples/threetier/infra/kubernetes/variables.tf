# camp.yaml: parameter title
variable "title" {
  description = "The name of the shop."
  type        = string
  default     = "The harbour shop"
  nullable    = false
}

# camp.yaml: shop, Scale
variable "shop_count" {
  description = "Number of pods of each process on the tier shop."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.shop_count >= 2 && var.shop_count <= 6 && floor(var.shop_count) == var.shop_count
    error_message = "The plan allows 2 to 6 instances of shop."
  }
}

# camp.yaml: stock, Scale
variable "stock_count" {
  description = "Number of pods of each process on the tier stock."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.stock_count >= 1 && var.stock_count <= 3 && floor(var.stock_count) == var.stock_count
    error_message = "The plan allows 1 to 3 instances of stock."
  }
}

# environments/kubernetes.yaml: registry
variable "registry" {
  description = "The registry and the folder in it that have the images of components."
  type        = string
  default     = "registry.example.org/examples"
  nullable    = false
}
