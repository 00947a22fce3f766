# camp.yaml: feed, Scale
variable "feed_count" {
  description = "Number of instances of the tier feed."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.feed_count >= 1 && var.feed_count <= 3 && floor(var.feed_count) == var.feed_count
    error_message = "The plan allows 1 to 3 instances for the tier feed (camp.yaml: feed, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
