# camp.yaml: app, public by default
output "app_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.app.address}:8080"
}

output "app_address" {
  description = "The address of the tier app."
  value       = local.app_address
}
