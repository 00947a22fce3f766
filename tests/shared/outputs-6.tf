# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = "http://${openstack_networking_floatingip_v2.one.address}:8080"
}

# camp.yaml: counter, Expose
output "counter_url" {
  description = "URL of counter."
  value       = "http://${openstack_networking_floatingip_v2.one.address}:8081"
}

# camp.yaml: pages, Expose
output "pages_url" {
  description = "URL of pages."
  value       = "http://${openstack_networking_floatingip_v2.one.address}:8082"
}

# camp.yaml: rack, Expose
output "rack_url" {
  description = "URL of rack."
  value       = "http://${openstack_networking_floatingip_v2.one.address}:8083"
}

output "one_address" {
  description = "Address of the tier one, for SSH."
  value       = local.one_address
}
