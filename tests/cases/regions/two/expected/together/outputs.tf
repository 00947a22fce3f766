output "cache_address" {
  description = "The address of the tier cache."
  value       = local.cache_address
}

output "reader_address" {
  description = "The address of the tier reader."
  value       = local.reader_address
}

output "stock_address" {
  description = "The address of the tier stock on back."
  value       = local.stock_address
}

# camp.yaml: web, Expose
output "web_urls" {
  description = "Where the application answers, by machine."
  value       = { for name, floating in openstack_networking_floatingip_v2.web : name => "http://${floating.address}:8080" }
}

output "web_addresses" {
  description = "Machines of the tier web and their addresses, for SSH."
  value       = { for name in keys(local.web_machines) : name => openstack_networking_port_v2.web_main[name].all_fixed_ips[0] }
}
