# camp.yaml: import, public by default
output "import_url" {
  description = "URL of import."
  value       = "http://${openstack_networking_floatingip_v2.import.address}:8080"
}

output "import_address" {
  description = "Address of the tier import, for SSH."
  value       = local.import_address
}

# camp.yaml: web, public by default
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.web.address}:8080"
}

output "web_address" {
  description = "Address of the tier web, for SSH."
  value       = local.web_address
}
