# camp.yaml: south, Scale
variable "south_count" {
  description = "Machines of the tier south."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.south_count >= 1 && var.south_count <= 2 && floor(var.south_count) == var.south_count
    error_message = "The plan allows 1 to 2 machines for the tier south (camp.yaml: south, Scale)."
  }
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}

# Neither the plan nor the environment names one.
variable "key_pair_regiontwo" {
  description = "Key pair for the image's default user in RegionTwo; none: nobody logs in by SSH."
  type        = string
  default     = null
}
