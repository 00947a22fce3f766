output "config_address" {
  description = "Address of the tier config, for SSH."
  value       = local.config_address
}

# camp.yaml: router, Expose
output "router_url" {
  description = "URL of router."
  value       = "http://${openstack_networking_floatingip_v2.router.address}:27017"
}

output "router_address" {
  description = "Address of the tier router, for SSH."
  value       = local.router_address
}

output "shard_addresses" {
  description = "Addresses of the tier shard, by instance, for SSH."
  value       = { for name in keys(local.shard_machines) : name => openstack_networking_port_v2.shard_main[name].all_fixed_ips[0] }
}
