# camp.yaml: cache

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  cache_machines = { for n in range(1, var.cache_count + 1) : "cache-${n}" => n }

  # All instances of the tier have the same user data.
  cache_user_data = templatefile("${path.module}/cloud-init/cache.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
  })
}

resource "openstack_networking_secgroup_v2" "cache" {
  name                 = "floating-cache"
  description          = "Tier cache of floating"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: cache, Ports
resource "openstack_networking_secgroup_rule_v2" "cache_tcp_6379_from_bare" {
  security_group_id = openstack_networking_secgroup_v2.cache.id
  description       = "TCP 6379 from the tier bare"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.bare.id
}

resource "openstack_networking_port_v2" "cache_main" {
  for_each = local.cache_machines

  name       = "floating-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.cache.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "cache" {
  for_each = local.cache_machines

  name        = "floating-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.cache_user_data
  metadata    = merge(local.metadata, { tier = "cache" })

  network {
    port = openstack_networking_port_v2.cache_main[each.key].id
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

# camp.yaml: cache, Placement: floating
resource "openstack_networking_floatingip_v2" "cache" {
  for_each = local.cache_machines

  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.cache_main[each.key].id
  description = "floating-${each.key}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
