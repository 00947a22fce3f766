# camp.yaml: orders, Expose
output "orders_url" {
  description = "URL of orders."
  value       = local.orders_url
}

# camp.yaml: shop, Expose
output "shop_url" {
  description = "URL of shop."
  value       = trimsuffix(heroku_app.shop.web_url, "/")
}

# camp.yaml: stock, Expose
output "stock_url" {
  description = "URL of stock."
  value       = local.stock_url
}

# camp.yaml: database
output "database_addon" {
  description = "Name of the add-on of database, for `heroku addons:info NAME`."
  value       = heroku_addon.database.name
}
