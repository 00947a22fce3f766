# camp.yaml: todo
output "todo_url" {
  description = "URL of todo."
  value       = trimsuffix(heroku_app.todo.web_url, "/")
}
