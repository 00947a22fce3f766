# camp.yaml: feed, Scale
variable "feed_count" {
  description = "Machines of the tier feed."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.feed_count >= 1 && var.feed_count <= 3 && floor(var.feed_count) == var.feed_count
    error_message = "The plan allows 1 to 3 machines for the tier feed (camp.yaml: feed, Scale)."
  }
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}
