# camp.yaml: gate, Scale
variable "gate_count" {
  description = "Machines of the tier gate."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.gate_count >= 1 && var.gate_count <= 2 && floor(var.gate_count) == var.gate_count
    error_message = "The plan allows 1 to 2 machines for the tier gate (camp.yaml: gate, Scale)."
  }
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}
