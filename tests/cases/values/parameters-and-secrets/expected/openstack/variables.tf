# camp.yaml: parameter debug
variable "debug" {
  description = "Parameter debug of the plan."
  type        = bool
  default     = false
  nullable    = false
}

# camp.yaml: parameter level; default from environments/openstack.yaml
variable "level" {
  description = "The log level."
  type        = string
  default     = "debug"
  nullable    = false

  validation {
    condition     = contains(["debug", "error", "info"], var.level)
    error_message = "Allowed values of level: debug, error, info."
  }
}

# camp.yaml: parameter owner
variable "owner" {
  description = "The name of the owner."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+$", var.owner))
    error_message = "owner must match ^[a-z]+$"
  }
}

# camp.yaml: parameter workers
variable "workers" {
  description = "The number of workers."
  type        = number
  default     = 4
  nullable    = false
}

# camp.yaml: secret token
variable "token" {
  description = "The token for the mail service."
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
