# camp.yaml: todo
output "todo_url" {
  description = "URL of todo."
  value       = "http://todo.apps.example.org"
}
