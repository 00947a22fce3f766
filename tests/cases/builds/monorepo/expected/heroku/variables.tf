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

# camp.yaml: api, Process: worker
variable "api_worker_count" {
  description = "Number of api worker dynos, 0 to 10."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.api_worker_count >= 0 && var.api_worker_count <= 10 && floor(var.api_worker_count) == var.api_worker_count
    error_message = "api worker can have 0 to 10 dynos."
  }
}

# camp.yaml: api, Process: worker
variable "api_worker_dyno_size" {
  description = "Size of each api worker dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.api_worker_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: tools
variable "tools_app_name" {
  description = "Name of the Heroku app that runs tools. Must be unique across Heroku."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.tools_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: tools, Process: worker
variable "tools_count" {
  description = "Number of tools dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.tools_count)
    error_message = "tools can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: tools, Process: worker
variable "tools_dyno_size" {
  description = "Size of each tools dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.tools_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}
