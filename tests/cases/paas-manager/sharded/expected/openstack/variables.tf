# camp.yaml: shard, Scale
variable "shard_count" {
  description = "Number of instances of the tier shard."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.shard_count >= 1 && var.shard_count <= 3 && floor(var.shard_count) == var.shard_count
    error_message = "The plan allows 1 to 3 instances for the tier shard (camp.yaml: shard, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
