# camp.yaml: audit, Expose
output "audit_url" {
  description = "URL of audit."
  value       = local.audit_url
}

# camp.yaml: shop, Expose
output "shop_url" {
  description = "URL of shop."
  value       = local.shop_url
}

# camp.yaml: stock
output "stock_url" {
  description = "URL of stock."
  value       = local.stock_url
}
