# camp.yaml: parameter count
variable "plan_count" {
  description = "Parameter count of the plan."
  type        = number
  default     = 4
  nullable    = false
}

# camp.yaml: parameter version
variable "plan_version" {
  description = "Parameter version of the plan."
  type        = string
  default     = "1.0"
  nullable    = false
}

# camp.yaml: secret source
variable "plan_source" {
  description = "Where it comes from."
  type        = string
  sensitive   = true
  nullable    = false
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}
