# camp.yaml: mail
variable "mail_app_name" {
  description = "Name of the Heroku app that runs mail. Must be unique across Heroku."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.mail_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: mail, Scale
variable "mail_count" {
  description = "Number of mail dynos, 1 to 2; 0 stops them."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.mail_count >= 0 && var.mail_count <= 2 && floor(var.mail_count) == var.mail_count
    error_message = "mail can have 1 to 2 dynos (camp.yaml: mail, Scale), or 0 to stop it."
  }
}

# camp.yaml: mail, Process: worker
variable "mail_dyno_size" {
  description = "Size of each mail dyno."
  type        = string
  default     = "standard-1x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.mail_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: watch
variable "watch_app_name" {
  description = "Name of the Heroku app that runs watch. Must be unique across Heroku."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.watch_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: watch, Process: worker
variable "watch_count" {
  description = "Number of watch dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.watch_count)
    error_message = "watch can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: watch, Process: worker
variable "watch_dyno_size" {
  description = "Size of each watch dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.watch_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: web
variable "web_app_name" {
  description = "Name of the Heroku app that runs web. Must be unique across Heroku."
  type        = string
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

# camp.yaml: web
variable "web_dyno_size" {
  description = "Size of each web dyno."
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
