output "cache_addresses" {
  description = "Machines of the tier cache and their addresses, for SSH."
  value       = { for name, port in openstack_networking_port_v2.cache_main : name => port.all_fixed_ips[0] }
}

output "stock_address" {
  description = "The address of the tier stock."
  value       = local.stock_address
}

# camp.yaml: web, public by default
output "web_urls" {
  description = "Where the application answers, by machine."
  value       = { for name, floating in openstack_networking_floatingip_v2.web : name => "http://${floating.address}:8080" }
}

output "web_addresses" {
  description = "Machines of the tier web and their addresses, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_main : name => port.all_fixed_ips[0] }
}
