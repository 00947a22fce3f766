output "mongo_address" {
  description = "Address of the tier mongo, for SSH."
  value       = local.mongo_address
}

# camp.yaml: todo, public by default
output "todo_url" {
  description = "URL of todo."
  value       = "http://${openstack_networking_floatingip_v2.runtime.address}:3000"
}

output "runtime_address" {
  description = "Address of the tier runtime, for SSH."
  value       = local.runtime_address
}
