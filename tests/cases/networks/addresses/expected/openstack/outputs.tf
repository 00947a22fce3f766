output "web_address" {
  description = "The address of the tier web on main."
  value       = local.web_address
}
