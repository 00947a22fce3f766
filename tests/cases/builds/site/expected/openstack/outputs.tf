# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = "http://${openstack_networking_floatingip_v2.api.address}:8082"
}

output "api_address" {
  description = "Address of the tier api, for SSH."
  value       = local.api_address
}

# camp.yaml: manual, Expose
output "manual_url" {
  description = "URL of manual."
  value       = "http://${openstack_networking_floatingip_v2.manual.address}:8081"
}

output "manual_address" {
  description = "Address of the tier manual, for SSH."
  value       = local.manual_address
}

# camp.yaml: pages, Expose
output "pages_url" {
  description = "URL of pages."
  value       = "http://${openstack_networking_floatingip_v2.pages.address}:8080"
}

output "pages_address" {
  description = "Address of the tier pages, for SSH."
  value       = local.pages_address
}
