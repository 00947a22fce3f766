# camp.yaml: parameter title
variable "title" {
  description = "The heading of the page."
  type        = string
  default     = "Board"
  nullable    = false
}

# camp.yaml: board, Scale
variable "board_count" {
  description = "Number of containers of each process on the tier board."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.board_count >= 1 && var.board_count <= 4 && floor(var.board_count) == var.board_count
    error_message = "The plan allows 1 to 4 instances of board."
  }
}

# camp.yaml: board, Expose
variable "board_port" {
  description = "Port of board on the computer that runs the engine."
  type        = number
  default     = 8080
  nullable    = false

  validation {
    condition     = var.board_port >= 1 && var.board_port <= 65535 && floor(var.board_port) == var.board_port
    error_message = "A port is a whole number from 1 to 65535."
  }
}
