# camp.yaml: src
output "src_url" {
  description = "URL of src."
  value       = trimsuffix(heroku_app.src.web_url, "/")
}
