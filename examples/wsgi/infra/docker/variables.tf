# camp.yaml: app
variable "app_port" {
  description = "Port of app on the computer that runs the engine."
  type        = number
  default     = 8080
  nullable    = false

  validation {
    condition     = var.app_port >= 1 && var.app_port <= 65535 && floor(var.app_port) == var.app_port
    error_message = "A port is a whole number from 1 to 65535."
  }
}
