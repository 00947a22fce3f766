# camp.yaml: todo
output "todo_url" {
  description = "Where todo answers."
  value       = trimsuffix(heroku_app.todo.web_url, "/")
}
