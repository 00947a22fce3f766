# camp.yaml: app
output "app_url" {
  description = "Where app answers."
  value       = trimsuffix(heroku_app.app.web_url, "/")
}
