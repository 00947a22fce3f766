# camp.yaml: built
output "built_url" {
  description = "URL of built."
  value       = trimsuffix(heroku_app.built.web_url, "/")
}

# camp.yaml: go
output "go_url" {
  description = "URL of go."
  value       = trimsuffix(heroku_app.go.web_url, "/")
}

# camp.yaml: jar
output "jar_url" {
  description = "URL of jar."
  value       = trimsuffix(heroku_app.jar.web_url, "/")
}

# camp.yaml: pages
output "pages_url" {
  description = "URL of pages."
  value       = trimsuffix(heroku_app.pages.web_url, "/")
}

# camp.yaml: ruby
output "ruby_url" {
  description = "URL of ruby."
  value       = trimsuffix(heroku_app.ruby.web_url, "/")
}

# camp.yaml: cache
output "cache_addon" {
  description = "Name of the add-on of cache, for `heroku addons:info NAME`."
  value       = heroku_addon.cache.name
}

# camp.yaml: store
output "store_addon" {
  description = "Name of the add-on of store, for `heroku addons:info NAME`."
  value       = heroku_addon.store.name
}
