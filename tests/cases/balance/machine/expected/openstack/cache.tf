# camp.yaml: cache

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  cache_machines = { for n in range(1, var.cache_count + 1) : "cache-${n}" => n }

  # Ports for the largest scale. Other instances use their addresses, so scaling must not change them.
  cache_slots     = { for n in range(1, 3) : "cache-${n}" => n }
  cache_addresses = [for n in range(1, 3) : openstack_networking_port_v2.cache_back["cache-${n}"].all_fixed_ips[0]]
}

# The password of cache. Letters and digits are safe in a URL without encoding.
resource "random_password" "cache" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "cache" {
  name                 = "stand-cache"
  description          = "Tier cache of stand"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: cache, Balance
resource "openstack_networking_secgroup_rule_v2" "cache_6379_from_cache_balancer" {
  security_group_id = openstack_networking_secgroup_v2.cache.id
  description       = "HAProxy from the tier cache-balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.cache_balancer.id
}

# camp.yaml: cache, Placement: networks
resource "openstack_networking_port_v2" "cache_back" {
  for_each = local.cache_slots

  name       = "stand-${each.key}-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.cache.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "cache" {
  for_each = local.cache_machines

  name        = "stand-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "cache" })

  user_data = templatefile("${path.module}/cloud-init/cache.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    address  = openstack_networking_port_v2.cache_back[each.key].all_fixed_ips[0]
    password = random_password.cache.result
  })

  network {
    port = openstack_networking_port_v2.cache_back[each.key].id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.back]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
