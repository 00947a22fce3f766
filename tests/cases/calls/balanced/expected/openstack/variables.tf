# camp.yaml: prices, Scale
variable "prices_count" {
  description = "Number of instances of the tier prices."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.prices_count >= 1 && var.prices_count <= 3 && floor(var.prices_count) == var.prices_count
    error_message = "The plan allows 1 to 3 instances for the tier prices (camp.yaml: prices, Scale)."
  }
}

# camp.yaml: search, Scale
variable "search_count" {
  description = "Number of instances of the tier search."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.search_count >= 1 && var.search_count <= 2 && floor(var.search_count) == var.search_count
    error_message = "The plan allows 1 to 2 instances for the tier search (camp.yaml: search, Scale)."
  }
}

variable "login_flavor" {
  description = "Name of the flavor of the tier login."
  type        = string
  nullable    = false
}

variable "prices_flavor" {
  description = "Name of the flavor of the tier prices."
  type        = string
  nullable    = false
}

variable "search_flavor" {
  description = "Name of the flavor of the tier search."
  type        = string
  nullable    = false
}

variable "web_flavor" {
  description = "Name of the flavor of the tier web."
  type        = string
  nullable    = false
}

variable "external_network" {
  description = "Name of the external network, for the router and floating IPs."
  type        = string
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
