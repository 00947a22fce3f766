# camp.yaml: secret ledger_password
variable "ledger_password" {
  description = "Password of the ledger."
  type        = string
  sensitive   = true
  nullable    = false
}

# camp.yaml: secret mail_password
variable "mail_password" {
  description = "Password of the mail account."
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
