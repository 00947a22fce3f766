output "database_address" {
  description = "Address of the tier database, for SSH."
  value       = local.database_address
}

# camp.yaml: web, Expose
output "web_urls" {
  description = "URLs of web, by instance."
  value       = { for name, floating in openstack_networking_floatingip_v2.web : name => "http://${floating.address}:8080" }
}

# camp.yaml: web, Expose: hosts
output "web_dns" {
  description = "Addresses for the host names of web: create an A record for each."

  value = {
    "staging.example.org" = [for floating in openstack_networking_floatingip_v2.web : floating.address]
  }
}

output "web_addresses" {
  description = "Addresses of the tier web, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_main : name => port.all_fixed_ips[0] }
}
