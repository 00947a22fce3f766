# camp.yaml: cache, Scale
variable "cache_count" {
  description = "Number of instances of the tier cache."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.cache_count >= 1 && var.cache_count <= 2 && floor(var.cache_count) == var.cache_count
    error_message = "The plan allows 1 to 2 instances for the tier cache (camp.yaml: cache, Scale)."
  }
}

# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of instances of the tier web."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count >= 1 && var.web_count <= 5 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 1 to 5 instances for the tier web (camp.yaml: web, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
