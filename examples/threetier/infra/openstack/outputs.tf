output "database_address" {
  description = "Address of the tier database on the network back, for SSH."
  value       = local.database_address
}

output "orders_address" {
  description = "Address of the tier orders on the network back, for SSH."
  value       = local.orders_address
}

# camp.yaml: shop, Expose
output "shop_url" {
  description = "URL of shop."
  value       = "http://${openstack_networking_floatingip_v2.shop.address}"
}

output "shop_addresses" {
  description = "Addresses of the tier shop on the network front, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.shop_front : name => port.all_fixed_ips[0] }
}

output "stock_addresses" {
  description = "Addresses of the tier stock on the network back, by instance, for SSH."
  value       = { for name in keys(local.stock_machines) : name => openstack_networking_port_v2.stock_back[name].all_fixed_ips[0] }
}
