# camp.yaml: secret archive_access_key
variable "archive_access_key" {
  description = "Access key of the archive."
  type        = string
  sensitive   = true
  nullable    = false
}

# camp.yaml: secret archive_secret_key
variable "archive_secret_key" {
  description = "Secret key of the archive."
  type        = string
  sensitive   = true
  nullable    = false
}

variable "import_flavor" {
  description = "Name of the flavor of the tier import."
  type        = string
  nullable    = false
}

variable "web_flavor" {
  description = "Name of the flavor of the tier web."
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

variable "s3_endpoint" {
  description = "URL of the S3 API of the cloud's object store, such as https://s3.example.org."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^https?://[0-9A-Za-z.-]+$", var.s3_endpoint))
    error_message = "The URL has no path, no slash at its end and no port. For another port, write it in the environment file (s3: endpoint), so that the instances may connect to it."
  }
}
