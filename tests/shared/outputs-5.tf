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
