# camp.yaml: web
output "web_url" {
  description = "URL of web."
  value       = trimsuffix(heroku_app.web.web_url, "/")
}
