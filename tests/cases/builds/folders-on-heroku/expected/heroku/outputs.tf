# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = trimsuffix(heroku_app.api.web_url, "/")
}

# camp.yaml: pages, Expose
output "pages_url" {
  description = "URL of pages."
  value       = trimsuffix(heroku_app.pages.web_url, "/")
}

# camp.yaml: shop, Expose
output "shop_url" {
  description = "URL of shop."
  value       = trimsuffix(heroku_app.shop.web_url, "/")
}
