# camp.yaml: front, Expose
output "front_urls" {
  description = "URLs of front, by instance."
  value       = { for name, floating in openstack_networking_floatingip_v2.front : name => "http://${floating.address}:8000" }
}

output "front_addresses" {
  description = "Addresses of the tier front on the network inside, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.front_inside : name => port.all_fixed_ips[0] }
}

output "store_address" {
  description = "Address of the tier store on the network inside, for SSH."
  value       = local.store_address
}
