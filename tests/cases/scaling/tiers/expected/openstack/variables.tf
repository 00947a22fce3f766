# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of instances of the tier web."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count >= 1 && var.web_count <= 5 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 1 to 5 instances for the tier web (camp.yaml: web, Scale)."
  }
}

# camp.yaml: worker, Scale
variable "worker_count" {
  description = "Number of instances of the tier worker."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.worker_count >= 0 && var.worker_count <= 3 && floor(var.worker_count) == var.worker_count
    error_message = "The plan allows 0 to 3 instances for the tier worker (camp.yaml: worker, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
