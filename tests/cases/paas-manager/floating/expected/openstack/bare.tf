# camp.yaml: bare

locals {
  bare_address = openstack_networking_port_v2.bare_main.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "bare" {
  name                 = "floating-bare"
  description          = "Tier bare of floating"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: cache, Ports
resource "openstack_networking_secgroup_rule_v2" "bare_to_cache_tcp_6379" {
  security_group_id = openstack_networking_secgroup_v2.bare.id
  description       = "TCP 6379 to the tier cache"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.cache.id
}

resource "openstack_networking_port_v2" "bare_main" {
  name       = "floating-bare-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.bare.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "bare" {
  name        = "floating-bare-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "bare" })

  user_data = templatefile("${path.module}/cloud-init/bare.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
  })

  network {
    port = openstack_networking_port_v2.bare_main.id
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

# camp.yaml: bare, Placement: floating
resource "openstack_networking_floatingip_v2" "bare" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.bare_main.id
  description = "floating-bare-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
