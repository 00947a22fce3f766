# camp.yaml: parameter edge
variable "edge" {
  description = "The longer edge of a thumbnail, in pixels."
  type        = number
  default     = 64
  nullable    = false
}

# camp.yaml: thumbs, Expose
variable "thumbs_port" {
  description = "Port of thumbs on the computer that runs the engine."
  type        = number
  default     = 8000
  nullable    = false

  validation {
    condition     = var.thumbs_port >= 1 && var.thumbs_port <= 65535 && floor(var.thumbs_port) == var.thumbs_port
    error_message = "A port is a whole number from 1 to 65535."
  }
}
