# camp.yaml: parameter edge
variable "edge" {
  description = "The longer edge of a thumbnail, in pixels."
  type        = number
  default     = 64
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
