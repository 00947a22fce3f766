# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of instances of the tier web."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.web_count >= 1 && var.web_count <= 3 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 1 to 3 instances for the tier web (camp.yaml: web, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
