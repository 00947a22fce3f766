output "bastion_address" {
  description = "Address of the tier bastion, for SSH."
  value       = local.bastion_address
}

output "database_address" {
  description = "Address of the tier database, for SSH."
  value       = local.database_address
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.web.address}:8080"
}

output "web_addresses" {
  description = "Addresses of the tier web, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_main : name => port.all_fixed_ips[0] }
}

# environments/openstack.yaml: ssh_from
output "ssh_jump_host" {
  description = "Address of the tier bastion, through which SSH reaches the others: ssh -J USER@ADDRESS."
  value       = openstack_networking_floatingip_v2.bastion.address
}
