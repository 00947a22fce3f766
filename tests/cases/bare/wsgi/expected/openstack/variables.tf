variable "image" {
  description = "Name of the image of new instances: debian-12 with cloud-init. Existing instances keep theirs."
  type        = string
  nullable    = false
}

variable "src_flavor" {
  description = "Name of the flavor of the tier src."
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
