output "north_address" {
  description = "The address of the tier north."
  value       = local.north_address
}

output "south_addresses" {
  description = "Machines of the tier south and their addresses, for SSH."
  value       = { for name in keys(local.south_machines) : name => openstack_networking_port_v2.south_main_regiontwo[name].all_fixed_ips[0] }
}
