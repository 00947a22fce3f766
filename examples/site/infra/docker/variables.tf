# camp.yaml: site, Expose
variable "site_port" {
  description = "Port of site on the computer that runs the engine."
  type        = number
  default     = 8080
  nullable    = false

  validation {
    condition     = var.site_port >= 1 && var.site_port <= 65535 && floor(var.site_port) == var.site_port
    error_message = "A port is a whole number from 1 to 65535."
  }
}
