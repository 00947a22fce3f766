# camp.yaml: vitals
output "vitals_url" {
  description = "URL of vitals."
  value       = "${trimsuffix(heroku_app.vitals.web_url, "/")}/vitals"
}

# camp.yaml: db
output "db_addon" {
  description = "Name of the add-on of db, for `heroku addons:info NAME`."
  value       = heroku_addon.db.name
}
