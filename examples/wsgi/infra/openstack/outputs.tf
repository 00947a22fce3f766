# camp.yaml: app, public by default
output "app_url" {
  description = "URL of app."
  value       = "http://${openstack_networking_floatingip_v2.app.address}:8080"
}

output "app_address" {
  description = "Address of the tier app, for SSH."
  value       = local.app_address
}
