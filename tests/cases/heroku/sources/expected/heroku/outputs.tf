# camp.yaml: office
output "office_url" {
  description = "URL of office."
  value       = trimsuffix(heroku_app.office.web_url, "/")
}

# camp.yaml: shop
output "shop_url" {
  description = "URL of shop."
  value       = trimsuffix(heroku_app.shop.web_url, "/")
}

# camp.yaml: tides
output "tides_url" {
  description = "URL of tides."
  value       = trimsuffix(heroku_app.tides.web_url, "/")
}
