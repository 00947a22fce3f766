# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = trimsuffix(heroku_app.web.web_url, "/")
}

# camp.yaml: db
output "db_addon" {
  description = "Name of the add-on of db, for `heroku addons:info NAME`."
  value       = heroku_addon.db.name
}
