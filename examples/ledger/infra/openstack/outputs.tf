# camp.yaml: ledger, Expose
output "ledger_url" {
  description = "URL of ledger."
  value       = "https://ledger.example.org"
}

# camp.yaml: ledger, Expose: hosts
output "ledger_dns" {
  description = "Addresses for the host names of ledger: create an A record for each."

  value = {
    "ledger.example.org" = [openstack_networking_floatingip_v2.ledger.address]
  }
}

output "ledger_addresses" {
  description = "Addresses of the tier ledger, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.ledger_main : name => port.all_fixed_ips[0] }
}
