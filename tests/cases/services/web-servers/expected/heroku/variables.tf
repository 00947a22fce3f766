# environments/heroku.yaml: app
variable "front_app_name" {
  description = "Name of the Heroku app that runs front. Must be unique across Heroku."
  type        = string
  default     = "web-servers-front"
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

# environments/heroku.yaml: app
variable "gallery_app_name" {
  description = "Name of the Heroku app that runs gallery. Must be unique across Heroku."
  type        = string
  default     = "web-servers-gallery"
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

# environments/heroku.yaml: app
variable "pages_app_name" {
  description = "Name of the Heroku app that runs pages. Must be unique across Heroku."
  type        = string
  default     = "web-servers-pages"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.pages_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: pages
variable "pages_count" {
  description = "Number of pages dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.pages_count)
    error_message = "pages can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: pages
variable "pages_dyno_size" {
  description = "Size of each pages dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.pages_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}
