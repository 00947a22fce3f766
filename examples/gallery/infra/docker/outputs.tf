# camp.yaml: front, Expose
output "front_url" {
  description = "URL of front."
  value       = "http://localhost:${var.front_port}"
}
