output "database_address" {
  description = "Address of the tier database, for SSH."
  value       = local.database_address
}

# camp.yaml: front, Expose
output "front_url" {
  description = "URL of front."
  value       = "http://${openstack_networking_floatingip_v2.web.address}"
}

# camp.yaml: gallery, Expose
output "gallery_url" {
  description = "Internal URL of gallery."
  value       = "http://${openstack_lb_loadbalancer_v2.web.vip_address}:8000"
}

output "web_address" {
  description = "Address of the tier web, for SSH."
  value       = local.web_address
}
