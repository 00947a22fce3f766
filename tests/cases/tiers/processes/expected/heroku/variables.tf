# environments/heroku.yaml: app
variable "web_app_name" {
  description = "Name of the Heroku app that runs web. Must be unique across Heroku."
  type        = string
  default     = "letters"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.web_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of web dynos, 2 to 3; 0 stops them."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count == 0 || (var.web_count >= 2 && var.web_count <= 3 && floor(var.web_count) == var.web_count)
    error_message = "web can have 2 to 3 dynos (camp.yaml: web, Scale), or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos; camp.yaml: web, Compute
variable "web_dyno_size" {
  description = "Size of each web dyno. The plan asks for 2 GiB. standard-1x has 512 MB, and performance-m has 2.5 GB."
  type        = string
  default     = "standard-1x"
  nullable    = false

  # Without eco and basic: Heroku runs only one per process type, and the plan asks for 2 to 3.
  validation {
    condition = contains([
      "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.web_dyno_size))
    error_message = "The size must be standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: web, Process: clock
variable "web_clock_count" {
  description = "Number of web clock dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.web_clock_count)
    error_message = "web clock can have 1 dyno (camp.yaml: web, Process: clock), or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos; camp.yaml: web, Compute
variable "web_clock_dyno_size" {
  description = "Size of each web clock dyno. The plan asks for 2 GiB. standard-1x has 512 MB, and performance-m has 2.5 GB."
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

# camp.yaml: web, Process: worker
variable "web_worker_count" {
  description = "Number of web worker dynos, 1 to 4; 0 stops them."
  type        = number
  default     = 3
  nullable    = false

  validation {
    condition     = var.web_worker_count >= 0 && var.web_worker_count <= 4 && floor(var.web_worker_count) == var.web_worker_count
    error_message = "web worker can have 1 to 4 dynos (camp.yaml: web, Process: worker), or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos; camp.yaml: web, Compute
variable "web_worker_dyno_size" {
  description = "Size of each web worker dyno. The plan asks for 4 GiB. standard-2x has 1 GB, and performance-l has 14 GB."
  type        = string
  default     = "standard-2x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.web_worker_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}
