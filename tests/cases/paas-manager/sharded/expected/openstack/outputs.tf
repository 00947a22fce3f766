output "config_address" {
  description = "The address of the tier config."
  value       = local.config_address
}

# camp.yaml: router, Expose
output "router_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.router.address}:27017"
}

output "router_address" {
  description = "The address of the tier router."
  value       = local.router_address
}

output "shard_addresses" {
  description = "Machines of the tier shard and their addresses, for SSH."
  value       = { for name in keys(local.shard_machines) : name => openstack_networking_port_v2.shard_main[name].all_fixed_ips[0] }
}
