# camp.yaml: gate, Scale
variable "gate_count" {
  description = "Number of instances of the tier gate."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.gate_count >= 1 && var.gate_count <= 2 && floor(var.gate_count) == var.gate_count
    error_message = "The plan allows 1 to 2 instances for the tier gate (camp.yaml: gate, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
