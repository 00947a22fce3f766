# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = "http://${openstack_networking_floatingip_v2.api.address}:8080"
}

output "api_address" {
  description = "Address of the tier api, for SSH."
  value       = local.api_address
}

output "clock_address" {
  description = "Address of the tier clock, for SSH."
  value       = local.clock_address
}

output "depot_address" {
  description = "Address of the tier depot, for SSH."
  value       = local.depot_address
}

output "rack_address" {
  description = "Address of the tier rack, for SSH."
  value       = local.rack_address
}

output "site_address" {
  description = "Address of the tier site, for SSH."
  value       = local.site_address
}

output "tool_address" {
  description = "Address of the tier tool, for SSH."
  value       = local.tool_address
}
