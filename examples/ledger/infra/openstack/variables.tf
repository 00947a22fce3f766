# camp.yaml: ledger, Scale
variable "ledger_count" {
  description = "Number of instances of the tier ledger."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.ledger_count >= 1 && var.ledger_count <= 6 && floor(var.ledger_count) == var.ledger_count
    error_message = "The plan allows 1 to 6 instances for the tier ledger (camp.yaml: ledger, Scale)."
  }
}

# camp.yaml: parameter limit
variable "limit" {
  description = "The highest amount of one entry in cents."
  type        = number
  default     = 100000
  nullable    = false
}

# camp.yaml: secret database_password
variable "database_password" {
  description = "The password of that user."
  type        = string
  sensitive   = true
  nullable    = false
}

# camp.yaml: secret database_user
variable "database_user" {
  description = "The user of the ledger's database."
  type        = string
  sensitive   = true
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
