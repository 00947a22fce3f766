output "far_addresses" {
  description = "Addresses of the tier far, by instance, for SSH."
  value       = { for name in keys(local.far_machines) : name => openstack_networking_port_v2.far_main_regiontwo[name].all_fixed_ips[0] }
}

output "far_balancer_address" {
  description = "Address of the tier far-balancer, for SSH."
  value       = local.far_balancer_address
}

output "near_address" {
  description = "Address of the tier near, for SSH."
  value       = local.near_address
}

output "reader_addresses" {
  description = "Addresses of the tier reader, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.reader_main : name => port.all_fixed_ips[0] }
}

output "web_addresses" {
  description = "Addresses of the tier web, by instance, for SSH."
  value       = { for name in keys(local.web_machines) : name => openstack_networking_port_v2.web_main_regiontwo[name].all_fixed_ips[0] }
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.web_balancer.address}"
}

output "web_balancer_address" {
  description = "Address of the tier web-balancer, for SSH."
  value       = local.web_balancer_address
}
