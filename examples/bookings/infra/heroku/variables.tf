# environments/heroku.yaml: app
variable "api_app_name" {
  description = "Name of the Heroku app that runs api. Must be unique across Heroku."
  type        = string
  default     = "bookings"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.api_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: api, Scale
variable "api_count" {
  description = "Number of api dynos, 2 to 4; 0 stops them."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.api_count == 0 || (var.api_count >= 2 && var.api_count <= 4 && floor(var.api_count) == var.api_count)
    error_message = "api can have 2 to 4 dynos (camp.yaml: api, Scale), or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos
variable "api_dyno_size" {
  description = "Size of each api dyno."
  type        = string
  default     = "standard-1x"
  nullable    = false

  # Without eco and basic: Heroku runs only one per process type, and the plan asks for 2 to 4.
  validation {
    condition = contains([
      "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.api_dyno_size))
    error_message = "The size must be standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: api, Process: worker
variable "api_worker_count" {
  description = "Number of api worker dynos, 1 to 3; 0 stops them."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.api_worker_count >= 0 && var.api_worker_count <= 3 && floor(var.api_worker_count) == var.api_worker_count
    error_message = "api worker can have 1 to 3 dynos (camp.yaml: api, Process: worker), or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos
variable "api_worker_dyno_size" {
  description = "Size of each api worker dyno."
  type        = string
  default     = "standard-1x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.api_worker_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: parameter keep_days
variable "keep_days" {
  description = "How many days past bookings are kept."
  type        = number
  default     = 90
  nullable    = false
}
