# camp.yaml: office
output "office_url" {
  description = "Where office answers."
  value       = trimsuffix(heroku_app.office.web_url, "/")
}

# environments/heroku.yaml: domains
output "shop_dns" {
  description = "What the host names of shop have to be aliases (CNAME, ALIAS) of."

  value = {
    "shop.example.com" = heroku_domain.shop_shop_example_com.cname
  }
}

# camp.yaml: shop
output "shop_url" {
  description = "Where shop answers."
  value       = trimsuffix(heroku_app.shop.web_url, "/")
}

# camp.yaml: archive
output "archive_addon" {
  description = "Name of the add-on that is archive, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.archive.name
}

# camp.yaml: cache
output "cache_addon" {
  description = "Name of the add-on that is cache, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.cache.name
}

# camp.yaml: database
output "database_addon" {
  description = "Name of the add-on that is database, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.database.name
}
