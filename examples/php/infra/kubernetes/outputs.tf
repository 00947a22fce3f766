# camp.yaml: recipes, Expose
output "recipes_url" {
  description = "URL of recipes."
  value       = "http://recipes.apps.example.org"
}
