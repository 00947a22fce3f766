# camp.yaml: parameter days
variable "days" {
  description = "The age in days at which tickets are closed."
  type        = number
  default     = 90
  nullable    = false
}

# camp.yaml: people, Scale
variable "people_count" {
  description = "Number of containers of each process on the tier people."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.people_count >= 2 && var.people_count <= 4 && floor(var.people_count) == var.people_count
    error_message = "The plan allows 2 to 4 instances of people."
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
