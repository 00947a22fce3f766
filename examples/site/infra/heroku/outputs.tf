# camp.yaml: site, Expose
output "site_url" {
  description = "URL of site."
  value       = trimsuffix(heroku_app.site.web_url, "/")
}
