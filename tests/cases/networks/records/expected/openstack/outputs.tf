# camp.yaml: feed, Expose
output "feed_urls" {
  description = "URLs of feed, by instance."
  value       = { for name, floating in openstack_networking_floatingip_v2.feed : name => "http://${floating.address}:8080" }
}

output "feed_addresses" {
  description = "Addresses of the tier feed, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.feed_main : name => port.all_fixed_ips[0] }
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.web.address}"
}

output "web_address" {
  description = "Address of the tier web, for SSH."
  value       = local.web_address
}
