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

# environments/kubernetes.yaml: registry
variable "registry" {
  description = "The registry and the folder in it that have the images of components."
  type        = string
  default     = "registry.example.org/examples"
  nullable    = false
}
