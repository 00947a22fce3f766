# environments/heroku.yaml: apps
variable "front_app_name" {
  description = "Name of the Heroku app that runs front. Must be unique across Heroku."
  type        = string
  default     = "gallery-front"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.front_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: front
variable "front_count" {
  description = "Number of front dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.front_count)
    error_message = "front can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: front
variable "front_dyno_size" {
  description = "Size of each front dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.front_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: apps
variable "gallery_app_name" {
  description = "Name of the Heroku app that runs gallery. Must be unique across Heroku."
  type        = string
  default     = "gallery"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.gallery_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: gallery
variable "gallery_count" {
  description = "Number of gallery dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.gallery_count)
    error_message = "gallery can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: gallery
variable "gallery_dyno_size" {
  description = "Size of each gallery dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.gallery_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: parameter curator
variable "curator" {
  description = "Who gets a mail about each new photo."
  type        = string
  default     = "curator@example.org"
  nullable    = false
}

# camp.yaml: secret mail_password
variable "mail_password" {
  description = "Password of the mail account."
  type        = string
  sensitive   = true
  nullable    = false
}

# camp.yaml: secret mail_user
variable "mail_user" {
  description = "User of the mail account."
  type        = string
  sensitive   = true
  nullable    = false
}
