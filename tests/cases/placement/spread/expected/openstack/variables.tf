# camp.yaml: cache, Scale
variable "cache_count" {
  description = "Number of instances of the tier cache."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.cache_count >= 1 && var.cache_count <= 2 && floor(var.cache_count) == var.cache_count
    error_message = "The plan allows 1 to 2 instances for the tier cache (camp.yaml: cache, Scale)."
  }
}

# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of instances of the tier web."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count >= 2 && var.web_count <= 3 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 2 to 3 instances for the tier web (camp.yaml: web, Scale)."
  }
}
