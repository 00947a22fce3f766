# camp.yaml: web, Scale
variable "web_count" {
  description = "Machines of the tier web."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.web_count >= 1 && var.web_count <= 2 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 1 to 2 machines for the tier web (camp.yaml: web, Scale)."
  }
}

# camp.yaml: parameter office
variable "office" {
  description = "Where the operators are."
  type        = string
  default     = "198.51.100.0/24"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(strcontains(var.office, "/") ? var.office : "${var.office}/32"))
    error_message = "office is a network in CIDR form, such as 192.0.2.0/24, or one address."
  }
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}
