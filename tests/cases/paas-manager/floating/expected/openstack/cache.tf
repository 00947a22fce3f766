# camp.yaml: cache

locals {
  # Machine => its number. Keys are stable: a machine that comes or goes leaves the others alone.
  cache_machines = { for n in range(1, var.cache_count + 1) : "cache-${n}" => n }

  # One document for the whole tier: nothing in it differs from machine to machine.
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

# Flavor by environments/openstack.yaml: sizes, the smallest.
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

  # Packages are fetched at the first boot.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # A newer image of that name is for new machines: the provider would rebuild this one in place.
    # A machine is put into its server group when it is made; a running one cannot change it.
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

  # Neutron knows no way to the machine's subnet before; nothing above says so.
  depends_on = [openstack_networking_router_interface_v2.main]
}
