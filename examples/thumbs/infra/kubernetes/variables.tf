# camp.yaml: parameter edge
variable "edge" {
  description = "The longer edge of a thumbnail, in pixels."
  type        = number
  default     = 64
  nullable    = false
}

# environments/kubernetes.yaml: registry
variable "registry" {
  description = "The registry and the folder in it that have the images of components."
  type        = string
  default     = "registry.example.org/examples"
  nullable    = false
}
