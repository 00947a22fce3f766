# camp.yaml: board, Expose
output "board_url" {
  description = "URL of board."
  value       = "http://${openstack_networking_floatingip_v2.board.address}"
}

output "board_addresses" {
  description = "Addresses of the tier board, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.board_main : name => port.all_fixed_ips[0] }
}

output "notes_address" {
  description = "Address of the tier notes, for SSH."
  value       = local.notes_address
}
