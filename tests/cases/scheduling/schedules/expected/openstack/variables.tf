# camp.yaml: mail, Scale
variable "mail_count" {
  description = "Number of instances of the tier mail."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.mail_count >= 1 && var.mail_count <= 2 && floor(var.mail_count) == var.mail_count
    error_message = "The plan allows 1 to 2 instances for the tier mail (camp.yaml: mail, Scale)."
  }
}

# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of instances of the tier web."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count >= 2 && var.web_count <= 3 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 2 to 3 instances for the tier web (camp.yaml: web, Scale)."
  }
}

variable "database_flavor" {
  description = "Name of the flavor of the tier database."
  type        = string
  nullable    = false
}

variable "mail_flavor" {
  description = "Name of the flavor of the tier mail."
  type        = string
  nullable    = false
}

variable "watch_flavor" {
  description = "Name of the flavor of the tier watch."
  type        = string
  nullable    = false
}

variable "web_flavor" {
  description = "Name of the flavor of the tier web."
  type        = string
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
