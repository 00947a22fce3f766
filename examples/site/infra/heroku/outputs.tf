# camp.yaml: site, Expose
output "site_url" {
  description = "Where site answers."
  value       = trimsuffix(heroku_app.site.web_url, "/")
}
