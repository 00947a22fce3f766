# camp.yaml: board, Expose
output "board_url" {
  description = "URL of board."
  value       = "http://board.apps.example.org"
}
