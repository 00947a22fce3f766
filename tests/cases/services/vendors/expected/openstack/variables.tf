variable "cache_flavor" {
  description = "Name of the flavor of the tier cache."
  type        = string
  nullable    = false
}

variable "database_flavor" {
  description = "Name of the flavor of the tier database."
  type        = string
  nullable    = false
}

variable "node_flavor" {
  description = "Name of the flavor of the tier node."
  type        = string
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
