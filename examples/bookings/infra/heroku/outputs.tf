# camp.yaml: api, Expose: hosts
output "api_dns" {
  description = "DNS targets of the host names of api: create a CNAME or ALIAS record for each."

  value = {
    "bookings.example.org" = heroku_domain.api_bookings_example_org.cname
  }
}

# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = trimsuffix(heroku_app.api.web_url, "/")
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
