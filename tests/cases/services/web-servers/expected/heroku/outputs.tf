# camp.yaml: front, Expose
output "front_url" {
  description = "URL of front."
  value       = trimsuffix(heroku_app.front.web_url, "/")
}

# camp.yaml: gallery, Expose
output "gallery_url" {
  description = "URL of gallery."
  value       = trimsuffix(heroku_app.gallery.web_url, "/")
}

# camp.yaml: pages, Expose
output "pages_url" {
  description = "URL of pages."
  value       = trimsuffix(heroku_app.pages.web_url, "/")
}
