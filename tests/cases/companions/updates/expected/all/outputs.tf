output "desk_addresses" {
  description = "Addresses of the tier desk, by instance, for SSH."
  value       = { for name in keys(local.desk_machines) : name => openstack_networking_port_v2.desk_main[name].all_fixed_ips[0] }
}

# camp.yaml: desk, Expose
output "desk_url" {
  description = "URL of desk."
  value       = "http://${openstack_networking_floatingip_v2.desk_balancer.address}:8080"
}

output "desk_balancer_address" {
  description = "Address of the tier desk-balancer, for SSH."
  value       = local.desk_balancer_address
}

output "ledger_address" {
  description = "Address of the tier ledger, for SSH."
  value       = local.ledger_address
}
