variable "aside_flavor" {
  description = "Name of the flavor of the tier aside."
  type        = string
  nullable    = false
}

variable "queue_flavor" {
  description = "Name of the flavor of the tier queue."
  type        = string
  nullable    = false
}

variable "shop_flavor" {
  description = "Name of the flavor of the tier shop."
  type        = string
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
