# camp.yaml: front, Expose
output "front_url" {
  description = "URL of front."
  value       = "http://front.apps.example.org"
}
