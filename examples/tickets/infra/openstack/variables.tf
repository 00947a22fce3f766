# camp.yaml: people, Scale
variable "people_count" {
  description = "Number of instances of the tier people."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.people_count >= 2 && var.people_count <= 4 && floor(var.people_count) == var.people_count
    error_message = "The plan allows 2 to 4 instances for the tier people (camp.yaml: people, Scale)."
  }
}

# camp.yaml: parameter days
variable "days" {
  description = "The age in days at which tickets are closed."
  type        = number
  default     = 90
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
