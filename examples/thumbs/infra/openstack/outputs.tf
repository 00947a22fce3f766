output "cache_address" {
  description = "Address of the tier cache, for SSH."
  value       = local.cache_address
}

output "jobs_address" {
  description = "Address of the tier jobs, for SSH."
  value       = local.jobs_address
}

# camp.yaml: thumbs, Expose
output "thumbs_url" {
  description = "URL of thumbs."
  value       = "http://${openstack_networking_floatingip_v2.machine_tier.address}:8000"
}

output "machine_tier_address" {
  description = "Address of the tier machine, for SSH."
  value       = local.machine_tier_address
}
