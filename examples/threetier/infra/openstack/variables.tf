# camp.yaml: shop, Scale
variable "shop_count" {
  description = "Number of instances of the tier shop."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.shop_count >= 2 && var.shop_count <= 6 && floor(var.shop_count) == var.shop_count
    error_message = "The plan allows 2 to 6 instances for the tier shop (camp.yaml: shop, Scale)."
  }
}

# camp.yaml: stock, Scale
variable "stock_count" {
  description = "Number of instances of the tier stock."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.stock_count >= 1 && var.stock_count <= 3 && floor(var.stock_count) == var.stock_count
    error_message = "The plan allows 1 to 3 instances for the tier stock (camp.yaml: stock, Scale)."
  }
}

# camp.yaml: parameter title
variable "title" {
  description = "The name of the shop."
  type        = string
  default     = "The harbour shop"
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
