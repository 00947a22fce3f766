# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = "http://localhost:${var.api_port}"
}
