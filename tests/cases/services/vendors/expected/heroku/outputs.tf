# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = trimsuffix(heroku_app.web.web_url, "/")
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
