output "cache_addresses" {
  description = "Addresses of the tier cache on the network back, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.cache_back : name => port.all_fixed_ips[0] }
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.web.address}"
}

# camp.yaml: web, Expose
output "web_url_8443" {
  description = "Internal URL of web."
  value       = "tcp://${openstack_lb_loadbalancer_v2.web.vip_address}:8443"
}

output "web_addresses" {
  description = "Addresses of the tier web on the network front, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_front : name => port.all_fixed_ips[0] }
}
