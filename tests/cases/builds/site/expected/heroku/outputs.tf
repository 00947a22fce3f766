# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = trimsuffix(heroku_app.api.web_url, "/")
}

# camp.yaml: manual, Expose
output "manual_url" {
  description = "URL of manual."
  value       = trimsuffix(heroku_app.manual.web_url, "/")
}

# camp.yaml: pages, Expose
output "pages_url" {
  description = "URL of pages."
  value       = trimsuffix(heroku_app.pages.web_url, "/")
}
