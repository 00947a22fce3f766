output "db_address" {
  description = "The address of the tier db."
  value       = local.db_address
}

# camp.yaml: vitals, public by default
output "vitals_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.vitals.address}:8080/vitals"
}

output "vitals_address" {
  description = "The address of the tier vitals."
  value       = local.vitals_address
}
