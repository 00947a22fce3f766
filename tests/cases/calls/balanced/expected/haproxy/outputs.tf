output "login_address" {
  description = "Address of the tier login, for SSH."
  value       = local.login_address
}

output "login_balancer_address" {
  description = "Address of the tier login-balancer, for SSH."
  value       = local.login_balancer_address
}

output "prices_addresses" {
  description = "Addresses of the tier prices, by instance, for SSH."
  value       = { for name in keys(local.prices_machines) : name => openstack_networking_port_v2.prices_main[name].all_fixed_ips[0] }
}

output "prices_balancer_address" {
  description = "Address of the tier prices-balancer, for SSH."
  value       = local.prices_balancer_address
}

output "search_addresses" {
  description = "Addresses of the tier search, by instance, for SSH."
  value       = { for name in keys(local.search_machines) : name => openstack_networking_port_v2.search_main[name].all_fixed_ips[0] }
}

# camp.yaml: search, Expose
output "search_url" {
  description = "Internal URL of search."
  value       = "http://${local.search_balancer_address}"
}

output "search_balancer_address" {
  description = "Address of the tier search-balancer, for SSH."
  value       = local.search_balancer_address
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = "http://${openstack_networking_floatingip_v2.web.address}:8080"
}

output "web_address" {
  description = "Address of the tier web, for SSH."
  value       = local.web_address
}
