output "cache_addresses" {
  description = "Machines of the tier cache and their addresses on back, for SSH."
  value       = { for name, port in openstack_networking_port_v2.cache_back : name => port.all_fixed_ips[0] }
}

# camp.yaml: web, Expose
output "web_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.web.address}"
}

# camp.yaml: web, Expose
output "web_url_8443" {
  description = "Where the application answers inside."
  value       = "tcp://${openstack_lb_loadbalancer_v2.web.vip_address}:8443"
}

output "web_addresses" {
  description = "Machines of the tier web and their addresses on front, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_front : name => port.all_fixed_ips[0] }
}
