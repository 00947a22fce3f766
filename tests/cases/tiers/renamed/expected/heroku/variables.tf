# camp.yaml: front
variable "front_app_name" {
  description = "Name of the Heroku app that runs front. Must be unique across Heroku."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.front_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: front, Scale
variable "front_count" {
  description = "Number of front dynos, 1 to 2; 0 stops them."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.front_count >= 0 && var.front_count <= 2 && floor(var.front_count) == var.front_count
    error_message = "front can have 1 to 2 dynos (camp.yaml: front, Scale), or 0 to stop it."
  }
}

# camp.yaml: front
variable "front_dyno_size" {
  description = "Size of each front dyno."
  type        = string
  default     = "standard-1x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.front_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: parameter welcome
variable "welcome" {
  description = "The first line of the page."
  type        = string
  default     = "Hello"
  nullable    = false
}
