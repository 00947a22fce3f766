# camp.yaml: ledger, Expose
output "ledger_url" {
  description = "URL of ledger."
  value       = "http://localhost:${var.ledger_port}"
}
