# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = "https://bookings.example.org"
}

output "api_addresses" {
  description = "Addresses of the tier api, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.api_main : name => port.all_fixed_ips[0] }
}

output "background_addresses" {
  description = "Addresses of the tier background, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.background_main : name => port.all_fixed_ips[0] }
}

output "cache_address" {
  description = "Address of the tier cache, for SSH."
  value       = local.cache_address
}

output "database_address" {
  description = "Address of the tier database, for SSH."
  value       = local.database_address
}
