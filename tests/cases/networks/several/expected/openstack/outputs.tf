output "cache_address" {
  description = "The address of the tier cache on back."
  value       = local.cache_address
}

output "web_addresses" {
  description = "Machines of the tier web and their addresses on front, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_front : name => port.all_fixed_ips[0] }
}
