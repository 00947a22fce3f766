# camp.yaml: far, Scale
variable "far_count" {
  description = "Number of instances of the tier far."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.far_count >= 1 && var.far_count <= 2 && floor(var.far_count) == var.far_count
    error_message = "The plan allows 1 to 2 instances for the tier far (camp.yaml: far, Scale)."
  }
}

# camp.yaml: reader, Scale
variable "reader_count" {
  description = "Number of instances of the tier reader."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.reader_count >= 1 && var.reader_count <= 2 && floor(var.reader_count) == var.reader_count
    error_message = "The plan allows 1 to 2 instances for the tier reader (camp.yaml: reader, Scale)."
  }
}

# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of instances of the tier web."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count >= 1 && var.web_count <= 3 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 1 to 3 instances for the tier web (camp.yaml: web, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair_regiontwo" {
  description = "Name of the key pair for SSH in RegionTwo. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
