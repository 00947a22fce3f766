# camp.yaml: parameter branch
variable "branch" {
  description = "The address of the branch."
  type        = string
  default     = "198.51.100.7"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(strcontains(var.branch, "/") ? var.branch : "${var.branch}/32"))
    error_message = "branch must be an IPv4 network in CIDR form, such as 192.0.2.0/24, or an IPv4 address."
  }
}

# camp.yaml: parameter office
variable "office" {
  description = "The addresses of the office."
  type        = string
  default     = "203.0.113.5/28"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(strcontains(var.office, "/") ? var.office : "${var.office}/32"))
    error_message = "office must be an IPv4 network in CIDR form, such as 192.0.2.0/24, or an IPv4 address."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
