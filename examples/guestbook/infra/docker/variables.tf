# camp.yaml: parameter greeting
variable "greeting" {
  description = "The first words on the page."
  type        = string
  default     = "Hello"
  nullable    = false
}

# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of containers of each process on the tier web."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count >= 2 && var.web_count <= 4 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 2 to 4 instances of web."
  }
}

# camp.yaml: web, Expose
variable "web_port" {
  description = "Port of web on the computer that runs the engine."
  type        = number
  default     = 8080
  nullable    = false

  validation {
    condition     = var.web_port >= 1 && var.web_port <= 65535 && floor(var.web_port) == var.web_port
    error_message = "A port is a whole number from 1 to 65535."
  }
}
