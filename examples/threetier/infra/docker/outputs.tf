# camp.yaml: shop, Expose
output "shop_url" {
  description = "URL of shop."
  value       = "http://localhost:${var.shop_port}"
}
