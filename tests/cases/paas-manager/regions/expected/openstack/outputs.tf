output "north_address" {
  description = "Address of the tier north, for SSH."
  value       = local.north_address
}

output "south_addresses" {
  description = "Addresses of the tier south, by instance, for SSH."
  value       = { for name in keys(local.south_machines) : name => openstack_networking_port_v2.south_main_regiontwo[name].all_fixed_ips[0] }
}
