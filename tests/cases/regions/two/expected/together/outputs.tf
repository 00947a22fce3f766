output "cache_address" {
  description = "Address of the tier cache, for SSH."
  value       = local.cache_address
}

output "reader_address" {
  description = "Address of the tier reader, for SSH."
  value       = local.reader_address
}

output "stock_address" {
  description = "Address of the tier stock on the network back, for SSH."
  value       = local.stock_address
}

# camp.yaml: web, Expose
output "web_urls" {
  description = "URLs of web, by instance."
  value       = { for name, floating in openstack_networking_floatingip_v2.web : name => "http://${floating.address}:8080" }
}

output "web_addresses" {
  description = "Addresses of the tier web, by instance, for SSH."
  value       = { for name in keys(local.web_machines) : name => openstack_networking_port_v2.web_main[name].all_fixed_ips[0] }
}
