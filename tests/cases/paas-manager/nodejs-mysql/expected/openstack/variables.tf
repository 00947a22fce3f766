# camp.yaml: front, Scale
variable "front_count" {
  description = "Machines of the tier front."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.front_count >= 1 && var.front_count <= 2 && floor(var.front_count) == var.front_count
    error_message = "The plan allows 1 to 2 machines for the tier front (camp.yaml: front, Scale)."
  }
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}
