# environments/heroku.yaml: app
variable "api_app_name" {
  description = "Name of the Heroku app that runs api. Must be unique across Heroku."
  type        = string
  default     = "built-api"
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

# environments/heroku.yaml: app
variable "clock_app_name" {
  description = "Name of the Heroku app that runs clock. Must be unique across Heroku."
  type        = string
  default     = "built-clock"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.clock_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: clock
variable "clock_count" {
  description = "Number of clock dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.clock_count)
    error_message = "clock can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: clock
variable "clock_dyno_size" {
  description = "Size of each clock dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.clock_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: app
variable "depot_app_name" {
  description = "Name of the Heroku app that runs depot. Must be unique across Heroku."
  type        = string
  default     = "built-depot"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.depot_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: depot, Process: web
variable "depot_count" {
  description = "Number of depot dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.depot_count)
    error_message = "depot can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: depot, Process: web
variable "depot_dyno_size" {
  description = "Size of each depot dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.depot_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: depot, Process: worker
variable "depot_worker_count" {
  description = "Number of depot worker dynos, 0 to 10."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.depot_worker_count >= 0 && var.depot_worker_count <= 10 && floor(var.depot_worker_count) == var.depot_worker_count
    error_message = "depot worker can have 0 to 10 dynos."
  }
}

# camp.yaml: depot, Process: worker
variable "depot_worker_dyno_size" {
  description = "Size of each depot worker dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.depot_worker_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: app
variable "rack_app_name" {
  description = "Name of the Heroku app that runs rack. Must be unique across Heroku."
  type        = string
  default     = "built-rack"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.rack_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: rack
variable "rack_count" {
  description = "Number of rack dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.rack_count)
    error_message = "rack can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: rack
variable "rack_dyno_size" {
  description = "Size of each rack dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.rack_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: app
variable "site_app_name" {
  description = "Name of the Heroku app that runs site. Must be unique across Heroku."
  type        = string
  default     = "built-site"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.site_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: site
variable "site_count" {
  description = "Number of site dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.site_count)
    error_message = "site can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: site
variable "site_dyno_size" {
  description = "Size of each site dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.site_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: app
variable "tool_app_name" {
  description = "Name of the Heroku app that runs tool. Must be unique across Heroku."
  type        = string
  default     = "built-tool"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.tool_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: tool, Process: worker
variable "tool_count" {
  description = "Number of tool dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.tool_count)
    error_message = "tool can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: tool, Process: worker
variable "tool_dyno_size" {
  description = "Size of each tool dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.tool_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}
