# camp.yaml: front, Expose
output "front_urls" {
  description = "Where the application answers, by machine."
  value       = { for name, floating in openstack_networking_floatingip_v2.front : name => "http://${floating.address}:3000" }
}

output "front_addresses" {
  description = "Machines of the tier front and their addresses, for SSH."
  value       = { for name, port in openstack_networking_port_v2.front_main : name => port.all_fixed_ips[0] }
}

output "mysql_address" {
  description = "The address of the tier mysql."
  value       = local.mysql_address
}
