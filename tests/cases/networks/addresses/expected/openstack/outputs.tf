output "web_address" {
  description = "Address of the tier web on the network main, for SSH."
  value       = local.web_address
}
