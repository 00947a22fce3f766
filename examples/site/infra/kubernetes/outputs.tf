# camp.yaml: site, Expose
output "site_url" {
  description = "URL of site."
  value       = "http://site.apps.example.org"
}
