output "desk_address" {
  description = "Address of the tier desk, for SSH."
  value       = local.desk_address
}

output "hall_address" {
  description = "Address of the tier hall, for SSH."
  value       = local.hall_address
}
