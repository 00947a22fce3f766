output "far_addresses" {
  description = "Machines of the tier far and their addresses, for SSH."
  value       = { for name in keys(local.far_machines) : name => openstack_networking_port_v2.far_main_regiontwo[name].all_fixed_ips[0] }
}

output "far_balancer_address" {
  description = "The address of the tier far-balancer."
  value       = local.far_balancer_address
}

output "near_address" {
  description = "The address of the tier near."
  value       = local.near_address
}

output "reader_addresses" {
  description = "Machines of the tier reader and their addresses, for SSH."
  value       = { for name, port in openstack_networking_port_v2.reader_main : name => port.all_fixed_ips[0] }
}

output "web_addresses" {
  description = "Machines of the tier web and their addresses, for SSH."
  value       = { for name in keys(local.web_machines) : name => openstack_networking_port_v2.web_main_regiontwo[name].all_fixed_ips[0] }
}

# camp.yaml: web, Expose
output "web_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.web_balancer.address}"
}

output "web_balancer_address" {
  description = "The address of the tier web-balancer."
  value       = local.web_balancer_address
}
