output "back_address" {
  description = "Address of the tier back, for SSH."
  value       = local.back_address
}

# camp.yaml: shop, Expose
output "shop_url" {
  description = "URL of shop."
  value       = "http://${openstack_networking_floatingip_v2.shop.address}:8080"
}

output "shop_address" {
  description = "Address of the tier shop, for SSH."
  value       = local.shop_address
}
