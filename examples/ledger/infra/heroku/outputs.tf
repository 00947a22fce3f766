# camp.yaml: ledger, Expose: hosts
output "ledger_dns" {
  description = "DNS targets of the host names of ledger: create a CNAME or ALIAS record for each."

  value = {
    "ledger.example.org" = heroku_domain.ledger_ledger_example_org.cname
  }
}

# camp.yaml: ledger, Expose
output "ledger_url" {
  description = "URL of ledger."
  value       = trimsuffix(heroku_app.ledger.web_url, "/")
}
