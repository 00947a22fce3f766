output "db_address" {
  description = "Address of the tier db, for SSH."
  value       = local.db_address
}

# camp.yaml: vitals, public by default
output "vitals_url" {
  description = "URL of vitals."
  value       = "http://${openstack_networking_floatingip_v2.vitals.address}:8080/vitals"
}

output "vitals_address" {
  description = "Address of the tier vitals, for SSH."
  value       = local.vitals_address
}
