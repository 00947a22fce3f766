# camp.yaml: front, Expose
output "front_url" {
  description = "URL of front."
  value       = trimsuffix(heroku_app.front.web_url, "/")
}

# camp.yaml: store
output "store_addon" {
  description = "Name of the add-on of store, for `heroku addons:info NAME`."
  value       = heroku_addon.store.name
}
