# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = "https://bookings.example.org"
}
