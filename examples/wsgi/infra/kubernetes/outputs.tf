# camp.yaml: app
output "app_url" {
  description = "URL of app."
  value       = "http://app.apps.example.org"
}
