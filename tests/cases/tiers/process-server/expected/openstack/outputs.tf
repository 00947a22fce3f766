output "back_addresses" {
  description = "Addresses of the tier back, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.back_main : name => port.all_fixed_ips[0] }
}

output "db_address" {
  description = "Address of the tier db, for SSH."
  value       = local.db_address
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.php.address}:8080"
}

output "php_address" {
  description = "Address of the tier php, for SSH."
  value       = local.php_address
}
