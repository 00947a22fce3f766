output "bare_address" {
  description = "The address of the tier bare."
  value       = local.bare_address
}

output "cache_addresses" {
  description = "Machines of the tier cache and their addresses, for SSH."
  value       = { for name, port in openstack_networking_port_v2.cache_main : name => port.all_fixed_ips[0] }
}
