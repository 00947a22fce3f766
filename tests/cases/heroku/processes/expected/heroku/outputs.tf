# camp.yaml: web, Expose: hosts
output "web_dns" {
  description = "DNS targets of the host names of web: create a CNAME or ALIAS record for each."

  value = {
    "*.shop.example.com" = heroku_domain.web_any_shop_example_com.cname
    "www.example.com"    = heroku_domain.web_www_example_com.cname
  }
}

# camp.yaml: web, Expose
output "web_url" {
  description = "URL of web."
  value       = trimsuffix(heroku_app.web.web_url, "/")
}
