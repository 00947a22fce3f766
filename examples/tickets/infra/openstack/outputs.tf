output "bastion_address" {
  description = "Address of the tier bastion, for SSH."
  value       = local.bastion_address
}

output "database_address" {
  description = "Address of the tier database, for SSH."
  value       = local.database_address
}

output "people_addresses" {
  description = "Addresses of the tier people, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.people_main : name => port.all_fixed_ips[0] }
}

output "tickets_address" {
  description = "Address of the tier tickets, for SSH."
  value       = local.tickets_address
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.web.address}:8080"
}

output "web_address" {
  description = "Address of the tier web, for SSH."
  value       = local.web_address
}

# environments/openstack.yaml: ssh_from
output "ssh_jump_host" {
  description = "Address of the tier bastion, through which SSH reaches the others: ssh -J USER@ADDRESS."
  value       = openstack_networking_floatingip_v2.bastion.address
}
