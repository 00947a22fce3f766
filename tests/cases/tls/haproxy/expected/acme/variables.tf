# camp.yaml: shop, Scale
variable "shop_count" {
  description = "Number of instances of the tier shop."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.shop_count >= 1 && var.shop_count <= 2 && floor(var.shop_count) == var.shop_count
    error_message = "The plan allows 1 to 2 instances for the tier shop (camp.yaml: shop, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
