# environments/heroku.yaml: app
variable "app_app_name" {
  description = "Name of the Heroku app that runs app. Must be unique across Heroku."
  type        = string
  default     = "procfile"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.app_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: app, Process: web
variable "app_count" {
  description = "Number of app dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.app_count)
    error_message = "app can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: app, Process: web
variable "app_dyno_size" {
  description = "Size of each app dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.app_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: app, Process: log_mover
variable "app_log_mover_count" {
  description = "Number of app log_mover dynos, 0 to 10."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.app_log_mover_count >= 0 && var.app_log_mover_count <= 10 && floor(var.app_log_mover_count) == var.app_log_mover_count
    error_message = "app log_mover can have 0 to 10 dynos."
  }
}

# camp.yaml: app, Process: log_mover
variable "app_log_mover_dyno_size" {
  description = "Size of each app log_mover dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.app_log_mover_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: app, Process: worker
variable "app_worker_count" {
  description = "Number of app worker dynos, 0 to 10."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.app_worker_count >= 0 && var.app_worker_count <= 10 && floor(var.app_worker_count) == var.app_worker_count
    error_message = "app worker can have 0 to 10 dynos."
  }
}

# camp.yaml: app, Process: worker
variable "app_worker_dyno_size" {
  description = "Size of each app worker dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.app_worker_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}
