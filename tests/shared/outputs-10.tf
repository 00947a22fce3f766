# camp.yaml: office, Expose
output "office_url" {
  description = "URL of office."
  value       = "https://office.example.org:8443"
}

# camp.yaml: office, Expose: hosts
output "office_dns" {
  description = "Addresses for the host names of office: create an A record for each."

  value = {
    "office.example.org" = [openstack_networking_floatingip_v2.office.address]
  }
}

output "office_address" {
  description = "Address of the tier office, for SSH."
  value       = local.office_address
}

output "shop_addresses" {
  description = "Addresses of the tier shop, by instance, for SSH."
  value       = { for name in keys(local.shop_machines) : name => openstack_networking_port_v2.shop_main[name].all_fixed_ips[0] }
}

# camp.yaml: shop, Expose
output "shop_url" {
  description = "URL of shop."
  value       = "https://shop.example.org"
}

# camp.yaml: shop, Expose: hosts
output "shop_dns" {
  description = "Addresses for the host names of shop: create an A record for each."

  value = {
    "shop.example.org" = [openstack_networking_floatingip_v2.shop_balancer.address]
    "www.example.org"  = [openstack_networking_floatingip_v2.shop_balancer.address]
  }
}

output "shop_balancer_address" {
  description = "Address of the tier shop-balancer, for SSH."
  value       = local.shop_balancer_address
}
