output "database_address" {
  description = "Address of the tier database, for SSH."
  value       = local.database_address
}

# camp.yaml: recipes, Expose
output "recipes_url" {
  description = "URL of recipes."
  value       = "http://${openstack_networking_floatingip_v2.web.address}:8080"
}

output "web_address" {
  description = "Address of the tier web, for SSH."
  value       = local.web_address
}
