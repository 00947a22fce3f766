# environments/openstack.yaml: bake
variable "database_image" {
  description = "Name of the baked image of new instances of the tier database (see images/database). Existing instances keep theirs. Without one, instances install everything when they boot."
  type        = string
  default     = null
}

# environments/openstack.yaml: bake
variable "web_baked_image" {
  description = "Name of the baked image of new instances of the tier web (see images/web). Existing instances keep theirs. Without one, instances install everything when they boot."
  type        = string
  default     = null
}

# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of instances of the tier web."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count >= 1 && var.web_count <= 4 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 1 to 4 instances for the tier web (camp.yaml: web, Scale)."
  }
}

# camp.yaml: parameter web_image
variable "web_image" {
  description = "The picture on the first page."
  type        = string
  default     = "boat.jpg"
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
