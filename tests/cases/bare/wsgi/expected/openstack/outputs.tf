# camp.yaml: src, public by default
output "src_url" {
  description = "URL of src."
  value       = "http://${openstack_networking_floatingip_v2.src.address}:8080"
}

output "src_address" {
  description = "Address of the tier src, for SSH."
  value       = local.src_address
}
