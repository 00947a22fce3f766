# camp.yaml: shard, Scale
variable "shard_count" {
  description = "Machines of the tier shard."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.shard_count >= 1 && var.shard_count <= 3 && floor(var.shard_count) == var.shard_count
    error_message = "The plan allows 1 to 3 machines for the tier shard (camp.yaml: shard, Scale)."
  }
}

# Neither the plan nor the environment names one.
variable "key_pair" {
  description = "Key pair for the image's default user; none: nobody logs in by SSH."
  type        = string
  default     = null
}
