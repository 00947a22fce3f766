# camp.yaml: parameter branch
variable "branch" {
  description = "Another one."
  type        = string
  default     = "198.51.100.7"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(strcontains(var.branch, "/") ? var.branch : "${var.branch}/32"))
    error_message = "branch is a network in CIDR form, such as 192.0.2.0/24, or one address."
  }
}

# camp.yaml: parameter office
variable "office" {
  description = "The office."
  type        = string
  default     = "203.0.113.5/28"
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
