# camp.yaml: people
output "people_url" {
  description = "URL of people."
  value       = local.people_url
}

# camp.yaml: tickets
output "tickets_url" {
  description = "URL of tickets."
  value       = local.tickets_url
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = local.web_url
}

# camp.yaml: database
output "database_addon" {
  description = "Name of the add-on of database, for `heroku addons:info NAME`."
  value       = heroku_addon.database.name
}

# camp.yaml: photos
output "photos_addon" {
  description = "Name of the add-on of photos, for `heroku addons:info NAME`."
  value       = heroku_addon.photos.name
}
