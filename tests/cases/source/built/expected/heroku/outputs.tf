# camp.yaml: api, Expose
output "api_url" {
  description = "URL of api."
  value       = trimsuffix(heroku_app.api.web_url, "/")
}

# camp.yaml: clock
output "clock_url" {
  description = "URL of clock."
  value       = trimsuffix(heroku_app.clock.web_url, "/")
}

# camp.yaml: depot
output "depot_url" {
  description = "URL of depot."
  value       = trimsuffix(heroku_app.depot.web_url, "/")
}

# camp.yaml: rack
output "rack_url" {
  description = "URL of rack."
  value       = trimsuffix(heroku_app.rack.web_url, "/")
}

# camp.yaml: site
output "site_url" {
  description = "URL of site."
  value       = "${trimsuffix(heroku_app.site.web_url, "/")}/pages"
}
