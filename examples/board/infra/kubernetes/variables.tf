# camp.yaml: parameter title
variable "title" {
  description = "The heading of the page."
  type        = string
  default     = "Board"
  nullable    = false
}

# camp.yaml: board, Scale
variable "board_count" {
  description = "Number of pods of each process on the tier board."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.board_count >= 1 && var.board_count <= 4 && floor(var.board_count) == var.board_count
    error_message = "The plan allows 1 to 4 instances of board."
  }
}

# environments/kubernetes.yaml: registry
variable "registry" {
  description = "The registry and the folder in it that have the images of components."
  type        = string
  default     = "registry.example.org/examples"
  nullable    = false
}
