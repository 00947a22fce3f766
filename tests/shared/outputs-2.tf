# camp.yaml: web, public by default
output "web_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.web.address}:8080"
}

output "web_address" {
  description = "The address of the tier web."
  value       = local.web_address
}
