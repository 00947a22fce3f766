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

# camp.yaml: recipes, Expose
variable "recipes_port" {
  description = "Port of recipes on the computer that runs the engine."
  type        = number
  default     = 8080
  nullable    = false

  validation {
    condition     = var.recipes_port >= 1 && var.recipes_port <= 65535 && floor(var.recipes_port) == var.recipes_port
    error_message = "A port is a whole number from 1 to 65535."
  }
}
