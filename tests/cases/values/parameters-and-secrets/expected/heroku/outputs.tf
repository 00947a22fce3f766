# camp.yaml: web
output "web_url" {
  description = "Where web answers."
  value       = trimsuffix(heroku_app.web.web_url, "/")
}

# camp.yaml: database
output "database_addon" {
  description = "Name of the add-on that is database, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.database.name
}
