# camp.yaml: shop, Expose
output "shop_url" {
  description = "URL of shop."
  value       = "http://shop.apps.example.org"
}
