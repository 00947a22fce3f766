# environments/heroku.yaml: app
variable "web_app_name" {
  description = "Name of the Heroku app that runs web. Must be unique across Heroku."
  type        = string
  default     = "processes"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.web_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# environments/heroku.yaml: variables
variable "mail_token" {
  description = "MAIL_TOKEN of web."
  type        = string
  sensitive   = true
  nullable    = false
}

# camp.yaml: runtime, Scale
variable "web_count" {
  description = "Number of web dynos, 2 to 6; 0 stops them."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count == 0 || (var.web_count >= 2 && var.web_count <= 6 && floor(var.web_count) == var.web_count)
    error_message = "web can have 2 to 6 dynos (camp.yaml: runtime, Scale), or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos
variable "web_dyno_size" {
  description = "Size of each web dyno."
  type        = string
  default     = "performance-m"
  nullable    = false

  # Without eco, basic, standard-1x and standard-2x: Heroku runs only one per process type, and the plan asks for 2 to 6.
  validation {
    condition = contains([
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.web_dyno_size))
    error_message = "The size must be performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: web, Process: clock
variable "web_clock_count" {
  description = "Number of web clock dynos, 0 to 10."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.web_clock_count >= 0 && var.web_clock_count <= 10 && floor(var.web_clock_count) == var.web_clock_count
    error_message = "web clock can have 0 to 10 dynos."
  }
}

# environments/heroku.yaml: dynos
variable "web_clock_dyno_size" {
  description = "Size of each web clock dyno."
  type        = string
  default     = "standard-1x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.web_clock_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: processes
variable "web_worker_count" {
  description = "Number of web worker dynos, 0 to 10."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_worker_count >= 0 && var.web_worker_count <= 10 && floor(var.web_worker_count) == var.web_worker_count
    error_message = "web worker can have 0 to 10 dynos."
  }
}

# environments/heroku.yaml: dynos
variable "web_worker_dyno_size" {
  description = "Size of each web worker dyno."
  type        = string
  default     = "standard-2x"
  nullable    = false

  # Without eco and basic: Heroku runs only one per process type, and the environment file asks for 2.
  validation {
    condition = contains([
      "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.web_worker_dyno_size))
    error_message = "The size must be standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: drains
variable "log_url" {
  description = "URL of the log drain of web, with its password."
  type        = string
  sensitive   = true
  nullable    = false
}
