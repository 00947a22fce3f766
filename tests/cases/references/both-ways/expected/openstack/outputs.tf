output "api_addresses" {
  description = "Machines of the tier api and their addresses on back, for SSH."
  value       = { for name in keys(local.api_machines) : name => openstack_networking_port_v2.api_back[name].all_fixed_ips[0] }
}

output "store_address" {
  description = "The address of the tier store on back."
  value       = local.store_address
}

# camp.yaml: web, Expose
output "web_urls" {
  description = "Where the application answers, by machine."
  value       = { for name, floating in openstack_networking_floatingip_v2.web : name => "http://${floating.address}:8000" }
}

output "web_addresses" {
  description = "Machines of the tier web and their addresses on front, for SSH."
  value       = { for name in keys(local.web_machines) : name => openstack_networking_port_v2.web_front[name].all_fixed_ips[0] }
}
