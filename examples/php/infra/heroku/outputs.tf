# camp.yaml: recipes, Expose
output "recipes_url" {
  description = "Where recipes answers."
  value       = trimsuffix(heroku_app.recipes.web_url, "/")
}

# camp.yaml: database
output "database_addon" {
  description = "Name of the add-on that is database, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.database.name
}
