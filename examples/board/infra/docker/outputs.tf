# camp.yaml: board, Expose
output "board_url" {
  description = "URL of board."
  value       = "http://localhost:${var.board_port}"
}
