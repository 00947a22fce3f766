# camp.yaml: cache, Balance

locals {
  cache_balancer_address = openstack_networking_port_v2.cache_balancer_back.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "cache_balancer" {
  name                 = "stand-cache-balancer"
  description          = "Tier cache-balancer of stand"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo cache
resource "openstack_networking_secgroup_rule_v2" "cache_from_web" {
  security_group_id = openstack_networking_secgroup_v2.cache_balancer.id
  description       = "Redis from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

# camp.yaml: cache, Balance
resource "openstack_networking_secgroup_rule_v2" "cache_balancer_to_cache_6379" {
  security_group_id = openstack_networking_secgroup_v2.cache_balancer.id
  description       = "HAProxy to the tier cache"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.cache.id
}

# camp.yaml: cache, Placement: networks
resource "openstack_networking_port_v2" "cache_balancer_back" {
  name       = "stand-cache-balancer-1-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.cache_balancer.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# environments/openstack.yaml: balancer: haproxy. Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "cache_balancer" {
  name        = "stand-cache-balancer-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "cache-balancer" })

  user_data = templatefile("${path.module}/cloud-init/cache-balancer.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
    members = join(",", local.cache_addresses)
  })

  network {
    port = openstack_networking_port_v2.cache_balancer_back.id
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
