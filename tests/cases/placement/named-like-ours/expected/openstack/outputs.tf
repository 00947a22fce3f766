# camp.yaml: web, public by default
output "web_urls" {
  description = "Where the application answers, by machine."
  value       = { for name, floating in openstack_networking_floatingip_v2.machine_tier : name => "http://${floating.address}:8080" }
}

output "machine_tier_addresses" {
  description = "Machines of the tier machine and their addresses on external, for SSH."
  value       = { for name, port in openstack_networking_port_v2.machine_tier_external_here : name => port.all_fixed_ips[0] }
}

output "machine_tier_tier_address" {
  description = "The address of the tier machine-tier on external-here."
  value       = local.machine_tier_tier_address
}
