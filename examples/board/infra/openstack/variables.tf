# camp.yaml: board, Scale
variable "board_count" {
  description = "Number of instances of the tier board."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.board_count >= 1 && var.board_count <= 4 && floor(var.board_count) == var.board_count
    error_message = "The plan allows 1 to 4 instances for the tier board (camp.yaml: board, Scale)."
  }
}

# camp.yaml: parameter title
variable "title" {
  description = "The heading of the page."
  type        = string
  default     = "Board"
  nullable    = false
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}
