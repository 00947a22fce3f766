output "web_address" {
  description = "Address of the tier web on the network house, for SSH."
  value       = local.web_house_address
}
