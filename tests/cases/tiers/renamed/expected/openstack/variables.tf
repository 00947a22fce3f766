# camp.yaml: front, Scale
variable "front_count" {
  description = "Number of instances of the tier front."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.front_count >= 1 && var.front_count <= 2 && floor(var.front_count) == var.front_count
    error_message = "The plan allows 1 to 2 instances for the tier front (camp.yaml: front, Scale)."
  }
}

# camp.yaml: parameter welcome
variable "welcome" {
  description = "The first line of the page."
  type        = string
  default     = "Hello"
  nullable    = false
}

variable "front_flavor" {
  description = "Name of the flavor of the tier front."
  type        = string
  nullable    = false
}

variable "store_flavor" {
  description = "Name of the flavor of the tier store."
  type        = string
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
