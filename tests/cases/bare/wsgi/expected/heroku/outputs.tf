# camp.yaml: src
output "src_url" {
  description = "Where src answers."
  value       = trimsuffix(heroku_app.src.web_url, "/")
}
