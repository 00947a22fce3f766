# camp.yaml: web, public by default
output "web_urls" {
  description = "URLs of web, by instance."
  value       = { for name, floating in openstack_networking_floatingip_v2.machine_tier : name => "http://${floating.address}:8080" }
}

output "machine_tier_addresses" {
  description = "Addresses of the tier machine on the network external, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.machine_tier_external_here : name => port.all_fixed_ips[0] }
}

output "machine_tier_tier_address" {
  description = "Address of the tier machine-tier on the network external-here, for SSH."
  value       = local.machine_tier_tier_address
}
