variable "api_flavor" {
  description = "Name of the flavor of the tier api."
  type        = string
  nullable    = false
}

variable "tools_flavor" {
  description = "Name of the flavor of the tier tools."
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
