# camp.yaml: parameter debug
variable "debug" {
  description = "Parameter debug of the plan."
  type        = bool
  default     = false
  nullable    = false
}

# camp.yaml: parameter level; its default by environments/openstack.yaml
variable "level" {
  description = "How much is logged."
  type        = string
  default     = "debug"
  nullable    = false

  validation {
    condition     = contains(["debug", "error", "info"], var.level)
    error_message = "The plan allows for level: debug, error, info."
  }
}

# camp.yaml: parameter owner
variable "owner" {
  description = "Who is asked."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+$", var.owner))
    error_message = "The plan wants owner to match ^[a-z]+$"
  }
}

# camp.yaml: parameter workers
variable "workers" {
  description = "How many at once."
  type        = number
  default     = 4
  nullable    = false
}

# camp.yaml: secret token
variable "token" {
  description = "What the mail service knows us by."
  type        = string
  sensitive   = true
  nullable    = false
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}
