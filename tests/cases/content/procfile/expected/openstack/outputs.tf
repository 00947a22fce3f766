# camp.yaml: app, Expose
output "app_url" {
  description = "URL of app."
  value       = "http://${openstack_networking_floatingip_v2.app.address}:3000"
}

output "app_address" {
  description = "Address of the tier app, for SSH."
  value       = local.app_address
}
