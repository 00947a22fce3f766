# camp.yaml: desk, Scale
variable "desk_count" {
  description = "Number of instances of the tier desk."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.desk_count >= 2 && var.desk_count <= 3 && floor(var.desk_count) == var.desk_count
    error_message = "The plan allows 2 to 3 instances for the tier desk (camp.yaml: desk, Scale)."
  }
}

variable "desk_flavor" {
  description = "Name of the flavor of the tier desk."
  type        = string
  nullable    = false
}

variable "entries_flavor" {
  description = "Name of the flavor of the tier entries."
  type        = string
  nullable    = false
}

variable "orders_flavor" {
  description = "Name of the flavor of the tier orders."
  type        = string
  nullable    = false
}

variable "pages_flavor" {
  description = "Name of the flavor of the tier pages."
  type        = string
  nullable    = false
}

variable "papers_flavor" {
  description = "Name of the flavor of the tier papers."
  type        = string
  nullable    = false
}

variable "sessions_flavor" {
  description = "Name of the flavor of the tier sessions."
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

# environments/s3.yaml: backup
variable "companion_backup_password" {
  description = "Password that encrypts the backups. Without it, no one can read them. Default: the generated one."
  type        = string
  default     = null
  sensitive   = true
}

# environments/s3.yaml: backup
variable "backup_access_key" {
  description = "Access key that may read and write the bucket of backups."
  type        = string
  sensitive   = true
  nullable    = false

  validation {
    condition     = can(regex("^[!-~]+$", var.backup_access_key))
    error_message = "backup_access_key must be one line of ASCII characters without spaces."
  }
}

# environments/s3.yaml: backup
variable "backup_secret_key" {
  description = "Secret key that belongs to backup_access_key."
  type        = string
  sensitive   = true
  nullable    = false

  validation {
    condition     = can(regex("^[!-~]+$", var.backup_secret_key))
    error_message = "backup_secret_key must be one line of ASCII characters without spaces."
  }
}
