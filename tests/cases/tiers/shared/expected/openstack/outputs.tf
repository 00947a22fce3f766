# camp.yaml: web, Expose
output "web_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.box.address}:8080"
}

output "box_address" {
  description = "The address of the tier box."
  value       = local.box_address
}
