# camp.yaml: import
output "import_url" {
  description = "URL of import."
  value       = trimsuffix(heroku_app.import.web_url, "/")
}

# camp.yaml: web
output "web_url" {
  description = "URL of web."
  value       = trimsuffix(heroku_app.web.web_url, "/")
}

# camp.yaml: uploads
output "uploads_addon" {
  description = "Name of the add-on of uploads, for `heroku addons:info NAME`."
  value       = heroku_addon.uploads.name
}
