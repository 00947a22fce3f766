output "web_address" {
  description = "The address of the tier web on house."
  value       = local.web_house_address
}
