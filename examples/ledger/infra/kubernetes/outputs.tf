# camp.yaml: ledger, Expose
output "ledger_url" {
  description = "URL of ledger."
  value       = "http://ledger.example.org"
}
