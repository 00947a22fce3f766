output "balancer_address" {
  description = "Address of the tier balancer, for SSH."
  value       = local.balancer_address
}

output "web_addresses" {
  description = "Addresses of the tier web, by instance, for SSH."
  value       = { for name in keys(local.web_machines) : name => openstack_networking_port_v2.web_main[name].all_fixed_ips[0] }
}
