# environments/heroku.yaml: app
variable "recipes_app_name" {
  description = "Name of the Heroku app that runs recipes. Must be unique across Heroku."
  type        = string
  default     = "recipes"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.recipes_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: recipes
variable "recipes_count" {
  description = "Number of recipes dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.recipes_count)
    error_message = "recipes can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: recipes
variable "recipes_dyno_size" {
  description = "Size of each recipes dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.recipes_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: parameter language
variable "language" {
  description = "The language of the recipes."
  type        = string
  default     = "de"
  nullable    = false

  validation {
    condition     = contains(["de", "en", "fr", "sv"], var.language)
    error_message = "Allowed values of language: de, en, fr, sv."
  }
}

# camp.yaml: parameter title
variable "title" {
  description = "The title of the page."
  type        = string
  default     = "Recipes"
  nullable    = false
}
