# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of instances of the tier web."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.web_count >= 1 && var.web_count <= 2 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 1 to 2 instances for the tier web (camp.yaml: web, Scale)."
  }
}

# camp.yaml: parameter host; default from environments/staging.yaml
variable "host" {
  description = "The host name of the shop."
  type        = string
  default     = "staging.example.org"
  nullable    = false

  validation {
    condition     = contains(["staging.example.org"], var.host)
    error_message = "The output contains the value of host. To change it, change the environment file and run camp2iac synth."
  }
}

# camp.yaml: parameter level
variable "level" {
  description = "The log level."
  type        = string
  default     = "info"
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
