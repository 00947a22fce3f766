output "balancer_address" {
  description = "The address of the tier balancer."
  value       = local.balancer_address
}

output "web_addresses" {
  description = "Machines of the tier web and their addresses, for SSH."
  value       = { for name in keys(local.web_machines) : name => openstack_networking_port_v2.web_main[name].all_fixed_ips[0] }
}
