# camp.yaml: web, Process
variable "background_count" {
  description = "Number of instances of the tier background."
  type        = number
  default     = 3
  nullable    = false

  validation {
    condition     = var.background_count >= 1 && var.background_count <= 4 && floor(var.background_count) == var.background_count
    error_message = "The plan allows 1 to 4 instances for the tier background (camp.yaml: web, Process)."
  }
}

# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of instances of the tier web."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count >= 2 && var.web_count <= 3 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 2 to 3 instances for the tier web (camp.yaml: web, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
