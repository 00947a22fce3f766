# camp.yaml: parameter count
variable "plan_count" {
  description = "Parameter count of the plan."
  type        = number
  default     = 4
  nullable    = false
}

# camp.yaml: parameter version
variable "plan_version" {
  description = "Parameter version of the plan."
  type        = string
  default     = "1.0"
  nullable    = false
}

# camp.yaml: secret source
variable "plan_source" {
  description = "The source of the data."
  type        = string
  sensitive   = true
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
