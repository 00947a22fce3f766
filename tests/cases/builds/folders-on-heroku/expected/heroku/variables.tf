# camp.yaml: api
variable "api_app_name" {
  description = "Name of the Heroku app that runs api. Must be unique across Heroku."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.api_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: api
variable "api_count" {
  description = "Number of api dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.api_count)
    error_message = "api can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: api
variable "api_dyno_size" {
  description = "Size of each api dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.api_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: pages
variable "pages_app_name" {
  description = "Name of the Heroku app that runs pages. Must be unique across Heroku."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.pages_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: pages
variable "pages_count" {
  description = "Number of pages dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.pages_count)
    error_message = "pages can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: pages
variable "pages_dyno_size" {
  description = "Size of each pages dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.pages_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: shop
variable "shop_app_name" {
  description = "Name of the Heroku app that runs shop. Must be unique across Heroku."
  type        = string
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

# camp.yaml: tasks
variable "tasks_app_name" {
  description = "Name of the Heroku app that runs tasks. Must be unique across Heroku."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.tasks_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: tasks, Process: worker
variable "tasks_count" {
  description = "Number of tasks dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.tasks_count)
    error_message = "tasks can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: tasks, Process: worker
variable "tasks_dyno_size" {
  description = "Size of each tasks dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.tasks_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}
