output "aside_address" {
  description = "Address of the tier aside, for SSH."
  value       = local.aside_address
}

output "queue_address" {
  description = "Address of the tier queue, for SSH."
  value       = local.queue_address
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
