# environments/heroku.yaml: app
variable "people_app_name" {
  description = "Name of the Heroku app that runs people. Must be unique across Heroku."
  type        = string
  default     = "tickets-people"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.people_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: people, Scale
variable "people_count" {
  description = "Number of people dynos, 2 to 4; 0 stops them."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.people_count == 0 || (var.people_count >= 2 && var.people_count <= 4 && floor(var.people_count) == var.people_count)
    error_message = "people can have 2 to 4 dynos (camp.yaml: people, Scale), or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos
variable "people_dyno_size" {
  description = "Size of each people dyno."
  type        = string
  default     = "standard-1x"
  nullable    = false

  # Without eco and basic: Heroku runs only one per process type, and the plan asks for 2 to 4.
  validation {
    condition = contains([
      "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.people_dyno_size))
    error_message = "The size must be standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: app
variable "tickets_app_name" {
  description = "Name of the Heroku app that runs tickets. Must be unique across Heroku."
  type        = string
  default     = "tickets-tickets"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.tickets_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: tickets, Process: web
variable "tickets_count" {
  description = "Number of tickets dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.tickets_count)
    error_message = "tickets can have 1 dyno, or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos
variable "tickets_dyno_size" {
  description = "Size of each tickets dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.tickets_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: app
variable "web_app_name" {
  description = "Name of the Heroku app that runs web. Must be unique across Heroku."
  type        = string
  default     = "tickets-web"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.web_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: web
variable "web_count" {
  description = "Number of web dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.web_count)
    error_message = "web can have 1 dyno, or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos
variable "web_dyno_size" {
  description = "Size of each web dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.web_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: parameter days
variable "days" {
  description = "The age in days at which tickets are closed."
  type        = number
  default     = 90
  nullable    = false
}
