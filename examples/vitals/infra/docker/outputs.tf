# camp.yaml: vitals
output "vitals_url" {
  description = "URL of vitals."
  value       = "http://localhost:${var.vitals_port}/vitals"
}
