output "desk_address" {
  description = "The address of the tier desk."
  value       = local.desk_address
}

output "hall_address" {
  description = "The address of the tier hall."
  value       = local.hall_address
}
