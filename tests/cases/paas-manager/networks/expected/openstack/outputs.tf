output "apart_address" {
  description = "The address of the tier apart."
  value       = local.apart_address
}

output "gate_addresses" {
  description = "Machines of the tier gate and their addresses on outer, for SSH."
  value       = { for name, port in openstack_networking_port_v2.gate_outer : name => port.all_fixed_ips[0] }
}

output "vault_address" {
  description = "The address of the tier vault on inner."
  value       = local.vault_address
}
