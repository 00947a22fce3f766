# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.box.address}:8080"
}

output "box_address" {
  description = "Address of the tier box, for SSH."
  value       = local.box_address
}

output "database_address" {
  description = "Address of the tier database, for SSH."
  value       = local.database_address
}

output "proxy_address" {
  description = "Address of the tier proxy, for SSH."
  value       = local.proxy_address
}
