# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://localhost:${var.web_port}"
}
