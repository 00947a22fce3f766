# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of instances of the tier web."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.web_count >= 1 && var.web_count <= 4 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 1 to 4 instances for the tier web (camp.yaml: web, Scale)."
  }
}

# camp.yaml: parameter host; default from environments/production.yaml
variable "host" {
  description = "The host name of the shop."
  type        = string
  default     = "www.example.org"
  nullable    = false

  validation {
    condition     = contains(["www.example.org"], var.host)
    error_message = "The output contains the value of host. To change it, change the environment file and run camp2iac synth."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
