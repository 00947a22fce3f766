output "apart_address" {
  description = "Address of the tier apart, for SSH."
  value       = local.apart_address
}

output "gate_addresses" {
  description = "Addresses of the tier gate on the network outer, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.gate_outer : name => port.all_fixed_ips[0] }
}

output "vault_address" {
  description = "Address of the tier vault on the network inner, for SSH."
  value       = local.vault_address
}
