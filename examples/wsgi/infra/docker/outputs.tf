# camp.yaml: app
output "app_url" {
  description = "URL of app."
  value       = "http://localhost:${var.app_port}"
}
