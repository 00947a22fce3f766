# camp.yaml: machine, Scale
variable "machine_count" {
  description = "Machines of the tier machine."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.machine_count >= 1 && var.machine_count <= 2 && floor(var.machine_count) == var.machine_count
    error_message = "The plan allows 1 to 2 machines for the tier machine (camp.yaml: machine, Scale)."
  }
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}
