# camp.yaml: built
output "built_url" {
  description = "Where built answers."
  value       = trimsuffix(heroku_app.built.web_url, "/")
}

# camp.yaml: go
output "go_url" {
  description = "Where go answers."
  value       = trimsuffix(heroku_app.go.web_url, "/")
}

# camp.yaml: jar
output "jar_url" {
  description = "Where jar answers."
  value       = trimsuffix(heroku_app.jar.web_url, "/")
}

# camp.yaml: pages
output "pages_url" {
  description = "Where pages answers."
  value       = trimsuffix(heroku_app.pages.web_url, "/")
}

# camp.yaml: ruby
output "ruby_url" {
  description = "Where ruby answers."
  value       = trimsuffix(heroku_app.ruby.web_url, "/")
}

# camp.yaml: cache
output "cache_addon" {
  description = "Name of the add-on that is cache, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.cache.name
}

# camp.yaml: store
output "store_addon" {
  description = "Name of the add-on that is store, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.store.name
}
