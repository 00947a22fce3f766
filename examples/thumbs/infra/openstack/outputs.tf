output "cache_address" {
  description = "The address of the tier cache."
  value       = local.cache_address
}

output "jobs_address" {
  description = "The address of the tier jobs."
  value       = local.jobs_address
}

# camp.yaml: thumbs, Expose
output "thumbs_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.machine_tier.address}:8000"
}

output "machine_tier_address" {
  description = "The address of the tier machine."
  value       = local.machine_tier_address
}
