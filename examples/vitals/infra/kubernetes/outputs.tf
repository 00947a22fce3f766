# camp.yaml: vitals
output "vitals_url" {
  description = "URL of vitals."
  value       = "http://vitals.apps.example.org/vitals"
}
