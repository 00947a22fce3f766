# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of pods of each process on the tier web at first. Autoscalers then choose it."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.web_count >= 2 && var.web_count <= 4 && floor(var.web_count) == var.web_count
    error_message = "The plan allows 2 to 4 instances of web."
  }
}
