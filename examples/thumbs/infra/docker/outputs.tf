# camp.yaml: thumbs, Expose
output "thumbs_url" {
  description = "URL of thumbs."
  value       = "http://localhost:${var.thumbs_port}"
}
