# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = "http://${openstack_networking_floatingip_v2.api.address}:8080"
}

output "api_address" {
  description = "Address of the tier api, for SSH."
  value       = local.api_address
}

output "tools_address" {
  description = "Address of the tier tools, for SSH."
  value       = local.tools_address
}
