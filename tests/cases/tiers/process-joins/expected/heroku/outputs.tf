# camp.yaml: shop, Expose
output "shop_url" {
  description = "URL of shop."
  value       = trimsuffix(heroku_app.shop.web_url, "/")
}

# camp.yaml: cache
output "cache_addon" {
  description = "Name of the add-on of cache, for `heroku addons:info NAME`."
  value       = heroku_addon.cache.name
}

# camp.yaml: queue
output "queue_addon" {
  description = "Name of the add-on of queue, for `heroku addons:info NAME`."
  value       = heroku_addon.queue.name
}
