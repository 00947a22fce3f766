# camp.yaml: office
output "office_url" {
  description = "Where office answers."
  value       = trimsuffix(heroku_app.office.web_url, "/")
}

# camp.yaml: shop
output "shop_url" {
  description = "Where shop answers."
  value       = trimsuffix(heroku_app.shop.web_url, "/")
}

# camp.yaml: tides
output "tides_url" {
  description = "Where tides answers."
  value       = trimsuffix(heroku_app.tides.web_url, "/")
}
