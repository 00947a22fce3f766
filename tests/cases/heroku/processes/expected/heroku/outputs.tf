# camp.yaml: web, Expose: hosts
output "web_dns" {
  description = "What the host names of web have to be aliases (CNAME, ALIAS) of."

  value = {
    "*.shop.example.com" = heroku_domain.web_any_shop_example_com.cname
    "www.example.com"    = heroku_domain.web_www_example_com.cname
  }
}

# camp.yaml: web, Expose
output "web_url" {
  description = "Where web answers."
  value       = trimsuffix(heroku_app.web.web_url, "/")
}
