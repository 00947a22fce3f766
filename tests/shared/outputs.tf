# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "https://shop.example.org"
}
