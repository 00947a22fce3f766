# camp.yaml: south

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  south_machines = { for n in range(1, var.south_count + 1) : "south-${n}" => n }

  # Ports for the largest scale. Other instances use their addresses, so scaling must not change them.
  south_slots = { for n in range(1, 3) : "south-${n}" => n }

  # All instances of the tier have the same user data.
  south_user_data = templatefile("${path.module}/cloud-init/south.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
  })
}

resource "openstack_networking_secgroup_v2" "south" {
  provider = openstack.regiontwo

  name                 = "regions-south"
  description          = "Tier south of regions"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: south, Ports
resource "openstack_networking_secgroup_rule_v2" "south_tcp_5060_5061_from_north" {
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.south.id
  description       = "TCP 5060-5061 from the tier north"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5060
  port_range_max    = 5061
  remote_ip_prefix  = "${openstack_networking_floatingip_v2.north.address}/32"
}

# camp.yaml: south, Ports
resource "openstack_networking_secgroup_rule_v2" "south_udp_5060_from_north" {
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.south.id
  description       = "UDP 5060 from the tier north"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 5060
  port_range_max    = 5060
  remote_ip_prefix  = "${openstack_networking_floatingip_v2.north.address}/32"
}

resource "openstack_networking_port_v2" "south_main_regiontwo" {
  for_each = local.south_slots
  provider = openstack.regiontwo

  name       = "regions-${each.key}-main"
  network_id = openstack_networking_network_v2.main_regiontwo.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine_regiontwo.id,
    openstack_networking_secgroup_v2.south.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main_regiontwo.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "south" {
  for_each = local.south_machines
  provider = openstack.regiontwo

  name        = "regions-${each.key}"
  image_id    = data.openstack_images_image_v2.machine_regiontwo.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair_regiontwo
  user_data   = local.south_user_data
  metadata    = merge(local.metadata, { tier = "south", region = "RegionTwo" })

  network {
    port = openstack_networking_port_v2.south_main_regiontwo[each.key].id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main_regiontwo]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}

# camp.yaml: south, Placement: floating
resource "openstack_networking_floatingip_v2" "south" {
  for_each = local.south_slots
  provider = openstack.regiontwo

  pool        = data.openstack_networking_network_v2.external_regiontwo.name
  port_id     = openstack_networking_port_v2.south_main_regiontwo[each.key].id
  description = "regions-${each.key}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main_regiontwo]
}
