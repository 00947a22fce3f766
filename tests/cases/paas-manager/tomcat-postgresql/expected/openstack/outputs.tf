# camp.yaml: letters, Expose
output "letters_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.server.address}:8080/letters"
}

output "server_address" {
  description = "The address of the tier server."
  value       = local.server_address
}
