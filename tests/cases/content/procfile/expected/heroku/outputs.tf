# camp.yaml: app, Expose
output "app_url" {
  description = "URL of app."
  value       = trimsuffix(heroku_app.app.web_url, "/")
}
