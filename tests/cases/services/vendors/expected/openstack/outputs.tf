output "cache_address" {
  description = "Address of the tier cache, for SSH."
  value       = local.cache_address
}

output "database_address" {
  description = "Address of the tier database, for SSH."
  value       = local.database_address
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.node.address}:8080"
}

output "node_address" {
  description = "Address of the tier node, for SSH."
  value       = local.node_address
}
