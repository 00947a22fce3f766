output "database_address" {
  description = "The address of the tier database on back."
  value       = local.database_address
}

output "orders_address" {
  description = "The address of the tier orders on back."
  value       = local.orders_address
}

# camp.yaml: shop, Expose
output "shop_url" {
  description = "Where the application answers."
  value       = "http://${openstack_networking_floatingip_v2.shop.address}"
}

output "shop_addresses" {
  description = "Machines of the tier shop and their addresses on front, for SSH."
  value       = { for name, port in openstack_networking_port_v2.shop_front : name => port.all_fixed_ips[0] }
}

output "stock_addresses" {
  description = "Machines of the tier stock and their addresses on back, for SSH."
  value       = { for name in keys(local.stock_machines) : name => openstack_networking_port_v2.stock_back[name].all_fixed_ips[0] }
}
