# camp.yaml: recipes, Expose
output "recipes_url" {
  description = "URL of recipes."
  value       = trimsuffix(heroku_app.recipes.web_url, "/")
}

# camp.yaml: database
output "database_addon" {
  description = "Name of the add-on of database, for `heroku addons:info NAME`."
  value       = heroku_addon.database.name
}
