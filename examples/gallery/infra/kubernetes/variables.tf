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

# environments/kubernetes.yaml: registry
variable "registry" {
  description = "The registry and the folder in it that have the images of components."
  type        = string
  default     = "registry.example.org/examples"
  nullable    = false
}
