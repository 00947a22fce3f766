# camp.yaml: src, public by default
output "src_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.src.address}:8080"
}

output "src_address" {
  description = "The address of the tier src."
  value       = local.src_address
}
