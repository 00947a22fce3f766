# camp.yaml: vitals
output "vitals_url" {
  description = "Where vitals answers."
  value       = "${trimsuffix(heroku_app.vitals.web_url, "/")}/vitals"
}

# camp.yaml: db
output "db_addon" {
  description = "Name of the add-on that is db, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.db.name
}
