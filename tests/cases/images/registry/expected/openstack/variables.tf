variable "box_flavor" {
  description = "Name of the flavor of the tier box."
  type        = string
  nullable    = false
}

variable "database_flavor" {
  description = "Name of the flavor of the tier database."
  type        = string
  nullable    = false
}

variable "proxy_flavor" {
  description = "Name of the flavor of the tier proxy."
  type        = string
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}

# environments/openstack.yaml: registries
variable "registry_password_registry_example_org_5000" {
  description = "Password or token of robot$puller for pulling images from registry.example.org:5000."
  type        = string
  sensitive   = true
  nullable    = false
}
