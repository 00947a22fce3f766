# camp.yaml: south, Scale
variable "south_count" {
  description = "Number of instances of the tier south."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.south_count >= 1 && var.south_count <= 2 && floor(var.south_count) == var.south_count
    error_message = "The plan allows 1 to 2 instances for the tier south (camp.yaml: south, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair_regiontwo" {
  description = "Name of the key pair for SSH in RegionTwo. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
