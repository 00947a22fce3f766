# camp.yaml: parameter title
variable "title" {
  description = "The name of the shop."
  type        = string
  default     = "The harbour shop"
  nullable    = false
}

# camp.yaml: shop, Scale
variable "shop_count" {
  description = "Number of containers of each process on the tier shop."
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
  description = "Number of containers of each process on the tier stock."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.stock_count >= 1 && var.stock_count <= 3 && floor(var.stock_count) == var.stock_count
    error_message = "The plan allows 1 to 3 instances of stock."
  }
}

# camp.yaml: shop, Expose
variable "shop_port" {
  description = "Port of shop on the computer that runs the engine."
  type        = number
  default     = 8000
  nullable    = false

  validation {
    condition     = var.shop_port >= 1 && var.shop_port <= 65535 && floor(var.shop_port) == var.shop_port
    error_message = "A port is a whole number from 1 to 65535."
  }
}
