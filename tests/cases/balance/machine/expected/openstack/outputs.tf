output "cache_addresses" {
  description = "Addresses of the tier cache on the network back, by instance, for SSH."
  value       = { for name in keys(local.cache_machines) : name => openstack_networking_port_v2.cache_back[name].all_fixed_ips[0] }
}

output "cache_balancer_address" {
  description = "Address of the tier cache-balancer on the network back, for SSH."
  value       = local.cache_balancer_address
}

output "web_addresses" {
  description = "Addresses of the tier web on the network front, by instance, for SSH."
  value       = { for name in keys(local.web_machines) : name => openstack_networking_port_v2.web_front[name].all_fixed_ips[0] }
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.web_balancer.address}"
}

# camp.yaml: web, Expose
output "web_url_8443" {
  description = "Internal URL of web."
  value       = "tcp://${local.web_balancer_address}:8443"
}

output "web_balancer_address" {
  description = "Address of the tier web-balancer on the network front, for SSH."
  value       = local.web_balancer_address
}
