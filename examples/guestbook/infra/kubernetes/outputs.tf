# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://web.apps.example.org"
}
