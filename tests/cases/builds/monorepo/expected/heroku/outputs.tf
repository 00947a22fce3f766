# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = trimsuffix(heroku_app.api.web_url, "/")
}
