# camp.yaml: thumbs, Expose
output "thumbs_url" {
  description = "URL of thumbs."
  value       = trimsuffix(heroku_app.thumbs.web_url, "/")
}

# camp.yaml: cache
output "cache_addon" {
  description = "Name of the add-on of cache, for `heroku addons:info NAME`."
  value       = heroku_addon.cache.name
}

# camp.yaml: jobs
output "jobs_addon" {
  description = "Name of the add-on of jobs, for `heroku addons:info NAME`."
  value       = heroku_addon.jobs.name
}
