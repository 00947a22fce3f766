# camp.yaml: thumbs, Expose
output "thumbs_url" {
  description = "URL of thumbs."
  value       = "http://thumbs.apps.example.org"
}
