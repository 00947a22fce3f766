# camp.yaml: api, Scale
variable "api_count" {
  description = "Number of instances of the tier api."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.api_count >= 1 && var.api_count <= 2 && floor(var.api_count) == var.api_count
    error_message = "The plan allows 1 to 2 instances for the tier api (camp.yaml: api, Scale)."
  }
}

# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of instances of the tier web."
  type        = number
  default     = 2
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
