# environments/heroku.yaml: app
variable "shop_app_name" {
  description = "Name of the Heroku app that runs shop. Must be unique across Heroku."
  type        = string
  default     = "joins"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.shop_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: shop, Process: web
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

# camp.yaml: shop, Process: web
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

# camp.yaml: shop, Process: clock
variable "shop_clock_count" {
  description = "Number of shop clock dynos, 0 to 10."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.shop_clock_count >= 0 && var.shop_clock_count <= 10 && floor(var.shop_clock_count) == var.shop_clock_count
    error_message = "shop clock can have 0 to 10 dynos."
  }
}

# camp.yaml: shop, Process: clock
variable "shop_clock_dyno_size" {
  description = "Size of each shop clock dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.shop_clock_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: shop, Process: worker
variable "shop_worker_count" {
  description = "Number of shop worker dynos, 0 to 10."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.shop_worker_count >= 0 && var.shop_worker_count <= 10 && floor(var.shop_worker_count) == var.shop_worker_count
    error_message = "shop worker can have 0 to 10 dynos."
  }
}

# camp.yaml: shop, Process: worker
variable "shop_worker_dyno_size" {
  description = "Size of each shop worker dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.shop_worker_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}
