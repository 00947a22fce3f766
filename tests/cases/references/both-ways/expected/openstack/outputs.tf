output "api_addresses" {
  description = "Addresses of the tier api on the network back, by instance, for SSH."
  value       = { for name in keys(local.api_machines) : name => openstack_networking_port_v2.api_back[name].all_fixed_ips[0] }
}

output "store_address" {
  description = "Address of the tier store on the network back, for SSH."
  value       = local.store_address
}

# camp.yaml: web, Expose
output "web_urls" {
  description = "URLs of web, by instance."
  value       = { for name, floating in openstack_networking_floatingip_v2.web : name => "http://${floating.address}:8000" }
}

output "web_addresses" {
  description = "Addresses of the tier web on the network front, by instance, for SSH."
  value       = { for name in keys(local.web_machines) : name => openstack_networking_port_v2.web_front[name].all_fixed_ips[0] }
}
