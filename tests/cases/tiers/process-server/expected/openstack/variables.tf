# camp.yaml: web, Process
variable "back_count" {
  description = "Number of instances of the tier back."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.back_count >= 0 && var.back_count <= 2 && floor(var.back_count) == var.back_count
    error_message = "The plan allows 0 to 2 instances for the tier back (camp.yaml: web, Process)."
  }
}

variable "back_flavor" {
  description = "Name of the flavor of the tier back."
  type        = string
  nullable    = false
}

variable "db_flavor" {
  description = "Name of the flavor of the tier db."
  type        = string
  nullable    = false
}

variable "php_flavor" {
  description = "Name of the flavor of the tier php."
  type        = string
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
