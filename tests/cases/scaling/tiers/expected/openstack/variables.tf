# camp.yaml: web, Scale
variable "web_count" {
  description = "Machines of the tier web."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count >= 1 && var.web_count <= 5 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 1 to 5 machines for the tier web (camp.yaml: web, Scale)."
  }
}

# camp.yaml: worker, Scale
variable "worker_count" {
  description = "Machines of the tier worker."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.worker_count >= 0 && var.worker_count <= 3 && floor(var.worker_count) == var.worker_count
    error_message = "The plan allows 0 to 3 machines for the tier worker (camp.yaml: worker, Scale)."
  }
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}
