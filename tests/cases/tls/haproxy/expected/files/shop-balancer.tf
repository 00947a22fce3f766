# camp.yaml: shop, Balance

locals {
  shop_balancer_address = openstack_networking_port_v2.shop_balancer_main.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "shop_balancer" {
  name                 = "harbour-shop-balancer"
  description          = "Tier shop-balancer of harbour"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: shop, Expose
resource "openstack_networking_secgroup_rule_v2" "shop_balancer_from_anywhere_443" {
  security_group_id = openstack_networking_secgroup_v2.shop_balancer.id
  description       = "HTTPS from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 443
  port_range_max    = 443
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: shop, Balance
resource "openstack_networking_secgroup_rule_v2" "shop_balancer_to_shop_8080" {
  security_group_id = openstack_networking_secgroup_v2.shop_balancer.id
  description       = "HAProxy to the tier shop"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.shop.id
}

resource "openstack_networking_port_v2" "shop_balancer_main" {
  name       = "harbour-shop-balancer-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.shop_balancer.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# environments/files.yaml: balancer: haproxy, and environments/files.yaml: certificates. Flavor from environments/files.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "shop_balancer" {
  name        = "harbour-shop-balancer-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "shop-balancer" })

  user_data = templatefile("${path.module}/cloud-init/shop-balancer.yaml.tftpl", {
    scripts        = "${path.module}/cloud-init"
    shop_https_crt = var.https_certificate_shop
    shop_https_key = var.https_key_shop
    members        = join(",", local.shop_addresses)
  })

  network {
    port = openstack_networking_port_v2.shop_balancer_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}

# camp.yaml: shop, Expose: public
resource "openstack_networking_floatingip_v2" "shop_balancer" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.shop_balancer_main.id
  description = "harbour-shop-balancer-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
