variable "name" {
  description = "The namespace. It must be different for each use of the module in a cluster."
  type        = string
  default     = "shop"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.name)) && !startswith(var.name, "kube-")
    error_message = "A namespace has 1 to 63 lower-case letters, digits and dashes, with no dash at its ends. It does not begin with kube-."
  }
}

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

variable "registry" {
  description = "The registry and the folder in it that have the images of components."
  type        = string
  nullable    = false
}
