# environments/heroku.yaml: app
variable "thumbs_app_name" {
  description = "Name of the Heroku app that runs thumbs. Must be unique across Heroku."
  type        = string
  default     = "thumbs"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.thumbs_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: thumbs
variable "thumbs_count" {
  description = "Number of thumbs dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.thumbs_count)
    error_message = "thumbs can have 1 dyno, or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos
variable "thumbs_dyno_size" {
  description = "Size of each thumbs dyno."
  type        = string
  default     = "standard-1x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.thumbs_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: thumbs, Process: worker
variable "thumbs_worker_count" {
  description = "Number of thumbs worker dynos, 0 to 10."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.thumbs_worker_count >= 0 && var.thumbs_worker_count <= 10 && floor(var.thumbs_worker_count) == var.thumbs_worker_count
    error_message = "thumbs worker can have 0 to 10 dynos."
  }
}

# environments/heroku.yaml: dynos
variable "thumbs_worker_dyno_size" {
  description = "Size of each thumbs worker dyno."
  type        = string
  default     = "standard-1x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.thumbs_worker_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: parameter edge; default from environments/heroku.yaml
variable "edge" {
  description = "The longer edge of a thumbnail, in pixels."
  type        = number
  default     = 96
  nullable    = false
}
