output "bare_address" {
  description = "Address of the tier bare, for SSH."
  value       = local.bare_address
}

output "cache_addresses" {
  description = "Addresses of the tier cache, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.cache_main : name => port.all_fixed_ips[0] }
}
