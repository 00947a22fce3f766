# camp.yaml: desk, Scale
variable "desk_count" {
  description = "Number of instances of the tier desk."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.desk_count >= 1 && var.desk_count <= 3 && floor(var.desk_count) == var.desk_count
    error_message = "The plan allows 1 to 3 instances for the tier desk (camp.yaml: desk, Scale)."
  }
}

variable "desk_flavor" {
  description = "Name of the flavor of the tier desk."
  type        = string
  nullable    = false
}

variable "ledger_flavor" {
  description = "Name of the flavor of the tier ledger."
  type        = string
  nullable    = false
}

variable "external_network" {
  description = "Name of the external network, for the router and floating IPs."
  type        = string
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
