variable "image" {
  description = "Image of new machines: debian-12 with cloud-init. Machines that exist keep theirs."
  type        = string
  nullable    = false
}

variable "src_flavor" {
  description = "Flavor of the tier src."
  type        = string
  nullable    = false
}

variable "external_network" {
  description = "External network that the router and public addresses are on."
  type        = string
  nullable    = false
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}
