# camp.yaml: parameter edge
variable "edge" {
  description = "The longer edge of a small picture, in pixels."
  type        = number
  default     = 64
  nullable    = false
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}
