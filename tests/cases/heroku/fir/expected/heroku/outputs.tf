# environments/heroku.yaml: space
output "space_outbound_ips" {
  description = "Source addresses of outbound traffic from apps in the space."
  value       = heroku_space.space.outbound_ips
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = trimsuffix(heroku_app.web.web_url, "/")
}

# camp.yaml: database
output "database_addon" {
  description = "Name of the add-on of database, for `heroku addons:info NAME`."
  value       = heroku_addon.database.name
}
