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

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
