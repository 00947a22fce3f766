# camp.yaml: thumbs, Expose
output "thumbs_url" {
  description = "Where thumbs answers."
  value       = trimsuffix(heroku_app.thumbs.web_url, "/")
}

# camp.yaml: cache
output "cache_addon" {
  description = "Name of the add-on that is cache, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.cache.name
}

# camp.yaml: jobs
output "jobs_addon" {
  description = "Name of the add-on that is jobs, for the Heroku CLI: heroku addons:info NAME."
  value       = heroku_addon.jobs.name
}
