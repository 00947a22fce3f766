# camp.yaml: pages

locals {
  pages_address = openstack_networking_port_v2.pages_main.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "pages" {
  name                 = "ledger-pages"
  description          = "Tier pages of ledger"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: desk, ConnectTo pages
resource "openstack_networking_secgroup_rule_v2" "pages_from_desk" {
  security_group_id = openstack_networking_secgroup_v2.pages.id
  description       = "memcached from the tier desk"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 11211
  port_range_max    = 11211
  remote_group_id   = openstack_networking_secgroup_v2.desk.id
}

resource "openstack_networking_port_v2" "pages_main" {
  name       = "ledger-pages-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.pages.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "pages" {
  name        = "ledger-pages-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.pages_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "pages" })

  user_data = templatefile("${path.module}/cloud-init/pages.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
    address = local.pages_address
  })

  network {
    port = openstack_networking_port_v2.pages_main.id
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
