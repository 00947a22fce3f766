output "cache_address" {
  description = "Address of the tier cache on the network back, for SSH."
  value       = local.cache_address
}

output "web_addresses" {
  description = "Addresses of the tier web on the network front, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_front : name => port.all_fixed_ips[0] }
}
