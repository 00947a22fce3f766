output "database_address" {
  description = "Address of the tier database, for SSH."
  value       = local.database_address
}

output "web_addresses" {
  description = "Addresses of the tier web, by instance, for SSH."
  value       = { for name in keys(local.web_machines) : name => openstack_networking_port_v2.web_main[name].all_fixed_ips[0] }
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.web_balancer.address}:8080"
}

output "web_balancer_address" {
  description = "Address of the tier web-balancer, for SSH."
  value       = local.web_balancer_address
}
