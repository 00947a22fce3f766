# camp.yaml: parameter days
variable "days" {
  description = "The age in days at which tickets are closed."
  type        = number
  default     = 90
  nullable    = false
}

# camp.yaml: people, Scale
variable "people_count" {
  description = "Number of pods of each process on the tier people."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.people_count >= 2 && var.people_count <= 4 && floor(var.people_count) == var.people_count
    error_message = "The plan allows 2 to 4 instances of people."
  }
}

# environments/kubernetes.yaml: registry
variable "registry" {
  description = "The registry and the folder in it that have the images of components."
  type        = string
  default     = "registry.example.org/examples"
  nullable    = false
}
