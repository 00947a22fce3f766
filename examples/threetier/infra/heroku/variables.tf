# environments/heroku.yaml: apps
variable "orders_app_name" {
  description = "Name of the Heroku app that runs orders. Must be unique across Heroku."
  type        = string
  default     = "harbour-orders"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.orders_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: orders
variable "orders_count" {
  description = "Number of orders dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.orders_count)
    error_message = "orders can have 1 dyno, or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos
variable "orders_dyno_size" {
  description = "Size of each orders dyno."
  type        = string
  default     = "standard-1x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.orders_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: apps
variable "shop_app_name" {
  description = "Name of the Heroku app that runs shop. Must be unique across Heroku."
  type        = string
  default     = "harbour-shop"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.shop_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: shop, Scale
variable "shop_count" {
  description = "Number of shop dynos, 2 to 6; 0 stops them."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.shop_count == 0 || (var.shop_count >= 2 && var.shop_count <= 6 && floor(var.shop_count) == var.shop_count)
    error_message = "shop can have 2 to 6 dynos (camp.yaml: shop, Scale), or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos
variable "shop_dyno_size" {
  description = "Size of each shop dyno."
  type        = string
  default     = "standard-1x"
  nullable    = false

  # Without eco and basic: Heroku runs only one per process type, and the plan asks for 2 to 6.
  validation {
    condition = contains([
      "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.shop_dyno_size))
    error_message = "The size must be standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: apps
variable "stock_app_name" {
  description = "Name of the Heroku app that runs stock. Must be unique across Heroku."
  type        = string
  default     = "harbour-stock"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.stock_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: stock, Scale
variable "stock_count" {
  description = "Number of stock dynos, 1 to 3; 0 stops them."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.stock_count >= 0 && var.stock_count <= 3 && floor(var.stock_count) == var.stock_count
    error_message = "stock can have 1 to 3 dynos (camp.yaml: stock, Scale), or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos
variable "stock_dyno_size" {
  description = "Size of each stock dyno."
  type        = string
  default     = "standard-1x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.stock_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: parameter title
variable "title" {
  description = "The name of the shop."
  type        = string
  default     = "The harbour shop"
  nullable    = false
}
