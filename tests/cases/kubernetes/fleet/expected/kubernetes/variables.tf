# camp.yaml: parameter monitors
variable "monitors" {
  description = "The addresses of the monitors."
  type        = string
  default     = "198.51.100.0/28"
  nullable    = false
}

# camp.yaml: secret token
variable "token" {
  description = "The token of the devices."
  type        = string
  sensitive   = true
  nullable    = false
}

# camp.yaml: map, Scale
variable "map_count" {
  description = "Number of pods of each process on the tier map."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.map_count >= 1 && var.map_count <= 2 && floor(var.map_count) == var.map_count
    error_message = "The plan allows 1 to 2 instances of map."
  }
}

# camp.yaml: tracker, Scale
variable "tracker_count" {
  description = "Number of pods of each process on the tier tracker."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.tracker_count >= 2 && var.tracker_count <= 3 && floor(var.tracker_count) == var.tracker_count
    error_message = "The plan allows 2 to 3 instances of tracker."
  }
}

variable "domain" {
  description = "The domain of components for which the plan has no hosts: COMPONENT.domain."
  type        = string
  nullable    = false

  validation {
    condition = can(regex(
      "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
      var.domain,
    ))
    error_message = "A domain has small letters, digits, dashes and dots, such as apps.example.org."
  }
}

# environments/kubernetes.yaml: registry
variable "registry" {
  description = "The registry and the folder in it that have the images of components."
  type        = string
  default     = "registry.example.org/fleet"
  nullable    = false
}
