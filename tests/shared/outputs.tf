# camp.yaml: web
output "web_url" {
  description = "Where web answers."
  value       = trimsuffix(heroku_app.web.web_url, "/")
}
