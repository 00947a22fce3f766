# camp.yaml: desk, Expose
output "desk_urls" {
  description = "URLs of desk, by instance."
  value       = { for name, floating in openstack_networking_floatingip_v2.desk : name => "http://${floating.address}:8080" }
}

output "desk_addresses" {
  description = "Addresses of the tier desk, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.desk_main : name => port.all_fixed_ips[0] }
}

output "entries_address" {
  description = "Address of the tier entries, for SSH."
  value       = local.entries_address
}

output "orders_address" {
  description = "Address of the tier orders, for SSH."
  value       = local.orders_address
}

output "pages_address" {
  description = "Address of the tier pages, for SSH."
  value       = local.pages_address
}

output "papers_addresses" {
  description = "Addresses of the tier papers, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.papers_main : name => port.all_fixed_ips[0] }
}

output "sessions_address" {
  description = "Address of the tier sessions, for SSH."
  value       = local.sessions_address
}

# environments/swift.yaml: backup
output "backup_password" {
  description = "Password that encrypts the backups. Without it, no one can read them. To show it: terraform output -raw backup_password"
  value       = coalesce(var.companion_backup_password, random_password.companion_backup_password.result)
  sensitive   = true
}
