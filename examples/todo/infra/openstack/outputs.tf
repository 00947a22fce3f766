output "mongo_address" {
  description = "The address of the tier mongo."
  value       = local.mongo_address
}

# camp.yaml: todo, public by default
output "todo_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.runtime.address}:3000"
}

output "runtime_address" {
  description = "The address of the tier runtime."
  value       = local.runtime_address
}
