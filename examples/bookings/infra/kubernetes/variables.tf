# camp.yaml: parameter keep_days
variable "keep_days" {
  description = "How many days past bookings are kept."
  type        = number
  default     = 90
  nullable    = false
}

# camp.yaml: api, Scale
variable "api_count" {
  description = "Number of pods of each process on the tier api."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.api_count >= 2 && var.api_count <= 4 && floor(var.api_count) == var.api_count
    error_message = "The plan allows 2 to 4 instances of api."
  }
}

# camp.yaml: api, Scale
variable "background_count" {
  description = "Number of pods of each process on the tier background."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.background_count >= 1 && var.background_count <= 3 && floor(var.background_count) == var.background_count
    error_message = "The plan allows 1 to 3 instances of background."
  }
}

# environments/kubernetes.yaml: registry
variable "registry" {
  description = "The registry and the folder in it that have the images of components."
  type        = string
  default     = "registry.example.org/examples"
  nullable    = false
}
