# camp.yaml: parameter curator
variable "curator" {
  description = "Who gets a mail about each new photo."
  type        = string
  default     = "curator@example.org"
  nullable    = false
}

# camp.yaml: secret mail_password
variable "mail_password" {
  description = "Password of the mail account."
  type        = string
  sensitive   = true
  nullable    = false
}

# camp.yaml: secret mail_user
variable "mail_user" {
  description = "User of the mail account."
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
