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

# camp.yaml: front, Expose
variable "front_port" {
  description = "Port of front on the computer that runs the engine."
  type        = number
  default     = 8080
  nullable    = false

  validation {
    condition     = var.front_port >= 1 && var.front_port <= 65535 && floor(var.front_port) == var.front_port
    error_message = "A port is a whole number from 1 to 65535."
  }
}
