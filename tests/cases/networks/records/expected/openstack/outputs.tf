# camp.yaml: feed, Expose
output "feed_urls" {
  description = "Where the application answers, by machine."
  value       = { for name, floating in openstack_networking_floatingip_v2.feed : name => "http://${floating.address}:8080" }
}

output "feed_addresses" {
  description = "Machines of the tier feed and their addresses, for SSH."
  value       = { for name, port in openstack_networking_port_v2.feed_main : name => port.all_fixed_ips[0] }
}

# camp.yaml: web, Expose
output "web_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.web.address}"
}

output "web_address" {
  description = "The address of the tier web."
  value       = local.web_address
}
