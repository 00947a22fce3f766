# camp.yaml: front, Expose
output "front_url" {
  description = "URL of front."
  value       = trimsuffix(heroku_app.front.web_url, "/")
}

# camp.yaml: gallery, Expose
output "gallery_url" {
  description = "URL of gallery."
  value       = trimsuffix(heroku_app.gallery.web_url, "/")
}

# camp.yaml: database
output "database_addon" {
  description = "Name of the add-on of database, for `heroku addons:info NAME`."
  value       = heroku_addon.database.name
}
