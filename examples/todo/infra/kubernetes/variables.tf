# environments/kubernetes.yaml: registry
variable "registry" {
  description = "The registry and the folder in it that have the images of components."
  type        = string
  default     = "registry.example.org/examples"
  nullable    = false
}
