# camp.yaml: todo
output "todo_url" {
  description = "URL of todo."
  value       = "http://localhost:${var.todo_port}"
}
