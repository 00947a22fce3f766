# camp.yaml: front, Expose
output "front_urls" {
  description = "URLs of front, by instance."
  value       = { for name, floating in openstack_networking_floatingip_v2.front : name => "http://${floating.address}:3000" }
}

output "front_addresses" {
  description = "Addresses of the tier front, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.front_main : name => port.all_fixed_ips[0] }
}

output "mysql_address" {
  description = "Address of the tier mysql, for SSH."
  value       = local.mysql_address
}
