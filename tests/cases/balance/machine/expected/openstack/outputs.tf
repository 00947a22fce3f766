output "cache_addresses" {
  description = "Machines of the tier cache and their addresses on back, for SSH."
  value       = { for name in keys(local.cache_machines) : name => openstack_networking_port_v2.cache_back[name].all_fixed_ips[0] }
}

output "cache_balancer_address" {
  description = "The address of the tier cache-balancer on back."
  value       = local.cache_balancer_address
}

output "web_addresses" {
  description = "Machines of the tier web and their addresses on front, for SSH."
  value       = { for name in keys(local.web_machines) : name => openstack_networking_port_v2.web_front[name].all_fixed_ips[0] }
}

# camp.yaml: web, Expose
output "web_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.web_balancer.address}"
}

# camp.yaml: web, Expose
output "web_url_8443" {
  description = "Where the application answers inside."
  value       = "tcp://${local.web_balancer_address}:8443"
}

output "web_balancer_address" {
  description = "The address of the tier web-balancer on front."
  value       = local.web_balancer_address
}
