# camp.yaml: web, Expose
output "web_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.web.address}"
}

# camp.yaml: web, Expose
output "web_url_443" {
  description = "Where the application answers."
  value       = "https://${openstack_networking_floatingip_v2.web.address}"
}

output "web_addresses" {
  description = "Machines of the tier web and their addresses, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_main : name => port.all_fixed_ips[0] }
}
