output "background_addresses" {
  description = "Addresses of the tier background on the network front, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.background_front : name => port.all_fixed_ips[0] }
}

output "database_address" {
  description = "Address of the tier database on the network back, for SSH."
  value       = local.database_address
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.web.address}"
}

output "web_addresses" {
  description = "Addresses of the tier web on the network front, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_front : name => port.all_fixed_ips[0] }
}

output "web_clock_address" {
  description = "Address of the tier web-clock on the network front, for SSH."
  value       = local.web_clock_front_address
}
