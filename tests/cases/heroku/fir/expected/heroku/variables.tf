# environments/heroku.yaml: app
variable "web_app_name" {
  description = "Name of the Heroku app that runs web. Must be unique across Heroku."
  type        = string
  default     = "on-fir"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.web_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: runtime, Scale
variable "web_count" {
  description = "Number of web dynos, 1 to 3; 0 stops them."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.web_count >= 0 && var.web_count <= 3 && floor(var.web_count) == var.web_count
    error_message = "web can have 1 to 3 dynos (camp.yaml: runtime, Scale), or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos; camp.yaml: runtime, Compute
variable "web_dyno_size" {
  description = "Size of each web dyno."
  type        = string
  default     = "dyno-1c-4gb"
  nullable    = false

  validation {
    condition = contains([
      "dyno-1c-0.5gb", "dyno-2c-1gb", "dyno-1c-4gb", "dyno-2c-4gb", "dyno-1c-8gb", "dyno-2c-8gb",
      "dyno-4c-8gb", "dyno-2c-16gb", "dyno-4c-16gb", "dyno-8c-16gb", "dyno-4c-32gb", "dyno-8c-32gb",
      "dyno-16c-32gb", "dyno-8c-64gb", "dyno-16c-64gb", "dyno-32c-64gb", "dyno-16c-128gb",
    ], lower(var.web_dyno_size))
    error_message = "The size must be dyno-1c-0.5gb, dyno-2c-1gb, dyno-1c-4gb, dyno-2c-4gb, dyno-1c-8gb, dyno-2c-8gb, dyno-4c-8gb, dyno-2c-16gb, dyno-4c-16gb, dyno-8c-16gb, dyno-4c-32gb, dyno-8c-32gb, dyno-16c-32gb, dyno-8c-64gb, dyno-16c-64gb, dyno-32c-64gb or dyno-16c-128gb."
  }
}

# environments/heroku.yaml: telemetry
variable "otel_key" {
  description = "The header x-api-key for the telemetry of web."
  type        = string
  sensitive   = true
  nullable    = false
}
