# environments/heroku.yaml: app
variable "audit_app_name" {
  description = "Name of the Heroku app that runs audit. Must be unique across Heroku."
  type        = string
  default     = "circle-audit"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.audit_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: audit
variable "audit_count" {
  description = "Number of audit dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.audit_count)
    error_message = "audit can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: audit
variable "audit_dyno_size" {
  description = "Size of each audit dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.audit_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: app
variable "shop_app_name" {
  description = "Name of the Heroku app that runs shop. Must be unique across Heroku."
  type        = string
  default     = "circle-shop"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.shop_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: shop
variable "shop_count" {
  description = "Number of shop dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.shop_count)
    error_message = "shop can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: shop
variable "shop_dyno_size" {
  description = "Size of each shop dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.shop_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: app
variable "stock_app_name" {
  description = "Name of the Heroku app that runs stock. Must be unique across Heroku."
  type        = string
  default     = "circle-stock"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.stock_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: stock
variable "stock_count" {
  description = "Number of stock dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.stock_count)
    error_message = "stock can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: stock
variable "stock_dyno_size" {
  description = "Size of each stock dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.stock_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}
