# environments/heroku.yaml: space
output "space_outbound_ips" {
  description = "Addresses that apps of the space have when they ask others."
  value       = heroku_space.space.outbound_ips
}

# camp.yaml: web, Expose
output "web_url" {
  description = "Where web answers."
  value       = trimsuffix(heroku_app.web.web_url, "/")
}

# camp.yaml: database
output "database_addon" {
  description = "Name of the add-on that is database, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.database.name
}
