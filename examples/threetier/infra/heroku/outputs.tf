# camp.yaml: orders, Expose
output "orders_url" {
  description = "Where orders answers."
  value       = trimsuffix(heroku_app.orders.web_url, "/")
}

# camp.yaml: shop, Expose
output "shop_url" {
  description = "Where shop answers."
  value       = trimsuffix(heroku_app.shop.web_url, "/")
}

# camp.yaml: stock, Expose
output "stock_url" {
  description = "Where stock answers."
  value       = trimsuffix(heroku_app.stock.web_url, "/")
}

# camp.yaml: database
output "database_addon" {
  description = "Name of the add-on that is database, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.database.name
}
