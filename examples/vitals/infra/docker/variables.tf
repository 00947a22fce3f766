# camp.yaml: vitals
variable "vitals_port" {
  description = "Port of vitals on the computer that runs the engine."
  type        = number
  default     = 8080
  nullable    = false

  validation {
    condition     = var.vitals_port >= 1 && var.vitals_port <= 65535 && floor(var.vitals_port) == var.vitals_port
    error_message = "A port is a whole number from 1 to 65535."
  }
}
