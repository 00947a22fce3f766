# camp.yaml: desk, Expose
output "desk_url" {
  description = "URL of desk."
  value       = "http://${openstack_networking_floatingip_v2.desk.address}:8080"
}

output "desk_addresses" {
  description = "Addresses of the tier desk, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.desk_main : name => port.all_fixed_ips[0] }
}

output "ledger_address" {
  description = "Address of the tier ledger, for SSH."
  value       = local.ledger_address
}
