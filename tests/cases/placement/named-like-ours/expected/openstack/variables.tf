# camp.yaml: machine, Scale
variable "machine_count" {
  description = "Number of instances of the tier machine."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.machine_count >= 1 && var.machine_count <= 2 && floor(var.machine_count) == var.machine_count
    error_message = "The plan allows 1 to 2 instances for the tier machine (camp.yaml: machine, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
