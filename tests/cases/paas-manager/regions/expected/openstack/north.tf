# camp.yaml: north

locals {
  north_address = openstack_networking_port_v2.north_main.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "north" {
  name                 = "regions-north"
  description          = "Tier north of regions"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: south, Ports
resource "openstack_networking_secgroup_rule_v2" "north_to_south_tcp_5060_5061" {
  for_each = local.south_slots

  security_group_id = openstack_networking_secgroup_v2.north.id
  description       = "TCP 5060-5061 to the tier south"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5060
  port_range_max    = 5061
  remote_ip_prefix  = "${openstack_networking_floatingip_v2.south[each.key].address}/32"
}

# camp.yaml: south, Ports
resource "openstack_networking_secgroup_rule_v2" "north_to_south_udp_5060" {
  for_each = local.south_slots

  security_group_id = openstack_networking_secgroup_v2.north.id
  description       = "UDP 5060 to the tier south"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 5060
  port_range_max    = 5060
  remote_ip_prefix  = "${openstack_networking_floatingip_v2.south[each.key].address}/32"
}

resource "openstack_networking_port_v2" "north_main" {
  name       = "regions-north-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.north.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "north" {
  name        = "regions-north-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "north", region = "RegionOne" })

  user_data = templatefile("${path.module}/cloud-init/north.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
  })

  network {
    port = openstack_networking_port_v2.north_main.id
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

# camp.yaml: north, Placement: floating
resource "openstack_networking_floatingip_v2" "north" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.north_main.id
  description = "regions-north-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
