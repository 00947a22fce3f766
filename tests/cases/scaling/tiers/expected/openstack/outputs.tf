# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.web.address}"
}

output "web_addresses" {
  description = "Addresses of the tier web, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_main : name => port.all_fixed_ips[0] }
}

output "worker_addresses" {
  description = "Addresses of the tier worker, by instance, for SSH."
  value       = { for name in keys(local.worker_machines) : name => openstack_networking_port_v2.worker_main[name].all_fixed_ips[0] }
}
