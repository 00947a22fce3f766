# camp.yaml: api, Scale
variable "api_count" {
  description = "Number of instances of the tier api."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.api_count >= 2 && var.api_count <= 4 && floor(var.api_count) == var.api_count
    error_message = "The plan allows 2 to 4 instances for the tier api (camp.yaml: api, Scale)."
  }
}

# camp.yaml: api, Process
variable "background_count" {
  description = "Number of instances of the tier background."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.background_count >= 1 && var.background_count <= 3 && floor(var.background_count) == var.background_count
    error_message = "The plan allows 1 to 3 instances for the tier background (camp.yaml: api, Process)."
  }
}

# camp.yaml: parameter keep_days
variable "keep_days" {
  description = "How many days past bookings are kept."
  type        = number
  default     = 90
  nullable    = false
}

variable "api_flavor" {
  description = "Name of the flavor of the tier api."
  type        = string
  nullable    = false
}

variable "background_flavor" {
  description = "Name of the flavor of the tier background."
  type        = string
  nullable    = false
}

variable "cache_flavor" {
  description = "Name of the flavor of the tier cache."
  type        = string
  nullable    = false
}

variable "database_flavor" {
  description = "Name of the flavor of the tier database."
  type        = string
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
