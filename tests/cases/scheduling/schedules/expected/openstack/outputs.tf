output "database_address" {
  description = "Address of the tier database, for SSH."
  value       = local.database_address
}

output "mail_addresses" {
  description = "Addresses of the tier mail, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.mail_main : name => port.all_fixed_ips[0] }
}

output "watch_address" {
  description = "Address of the tier watch, for SSH."
  value       = local.watch_address
}

output "web_addresses" {
  description = "Addresses of the tier web, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_main : name => port.all_fixed_ips[0] }
}
