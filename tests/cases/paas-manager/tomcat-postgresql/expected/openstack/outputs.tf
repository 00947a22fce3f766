# camp.yaml: letters, Expose
output "letters_url" {
  description = "URL of letters."
  value       = "http://${openstack_networking_floatingip_v2.server.address}:8080/letters"
}

output "server_address" {
  description = "Address of the tier server, for SSH."
  value       = local.server_address
}
