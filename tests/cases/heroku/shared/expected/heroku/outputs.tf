# camp.yaml: office
output "office_url" {
  description = "URL of office."
  value       = local.office_url
}

# environments/heroku.yaml: domains
output "shop_dns" {
  description = "DNS targets of the host names of shop: create a CNAME or ALIAS record for each."

  value = {
    "shop.example.com" = heroku_domain.shop_shop_example_com.cname
  }
}

# camp.yaml: shop
output "shop_url" {
  description = "URL of shop."
  value       = trimsuffix(heroku_app.shop.web_url, "/")
}

# camp.yaml: archive
output "archive_addon" {
  description = "Name of the add-on of archive, for `heroku addons:info NAME`."
  value       = heroku_addon.archive.name
}

# camp.yaml: cache
output "cache_addon" {
  description = "Name of the add-on of cache, for `heroku addons:info NAME`."
  value       = heroku_addon.cache.name
}

# camp.yaml: database
output "database_addon" {
  description = "Name of the add-on of database, for `heroku addons:info NAME`."
  value       = heroku_addon.database.name
}
