# camp.yaml: todo
variable "todo_port" {
  description = "Port of todo on the computer that runs the engine."
  type        = number
  default     = 3000
  nullable    = false

  validation {
    condition     = var.todo_port >= 1 && var.todo_port <= 65535 && floor(var.todo_port) == var.todo_port
    error_message = "A port is a whole number from 1 to 65535."
  }
}
