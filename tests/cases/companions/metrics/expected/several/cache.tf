# camp.yaml: cache

locals {
  cache_address = openstack_networking_port_v2.cache_main.all_fixed_ips[0]
}

# The password of cache. Letters and digits are safe in a URL without encoding.
resource "random_password" "cache" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "cache" {
  name                 = "gauged-cache"
  description          = "Tier cache of gauged"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: desk, ConnectTo cache
resource "openstack_networking_secgroup_rule_v2" "cache_from_desk" {
  security_group_id = openstack_networking_secgroup_v2.cache.id
  description       = "Redis from the tier desk"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.desk.id
}

# environments/several.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "cache_metrics_9100_from_198_51_100_0_24" {
  security_group_id = openstack_networking_secgroup_v2.cache.id
  description       = "Metrics of the instance from 198.51.100.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9100
  port_range_max    = 9100
  remote_ip_prefix  = "198.51.100.0/24"
}

# environments/several.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "cache_metrics_9100_from_203_0_113_9_32" {
  security_group_id = openstack_networking_secgroup_v2.cache.id
  description       = "Metrics of the instance from 203.0.113.9/32"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9100
  port_range_max    = 9100
  remote_ip_prefix  = "203.0.113.9/32"
}

# environments/several.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "cache_metrics_cache_9121_from_198_51_100_0_24" {
  security_group_id = openstack_networking_secgroup_v2.cache.id
  description       = "Metrics of Redis from 198.51.100.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9121
  port_range_max    = 9121
  remote_ip_prefix  = "198.51.100.0/24"
}

# environments/several.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "cache_metrics_cache_9121_from_203_0_113_9_32" {
  security_group_id = openstack_networking_secgroup_v2.cache.id
  description       = "Metrics of Redis from 203.0.113.9/32"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9121
  port_range_max    = 9121
  remote_ip_prefix  = "203.0.113.9/32"
}

resource "openstack_networking_port_v2" "cache_main" {
  name       = "gauged-cache-1-main"
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

resource "openstack_compute_instance_v2" "cache" {
  name        = "gauged-cache-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.cache_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "cache" })

  user_data = templatefile("${path.module}/cloud-init/cache.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    address  = local.cache_address
    password = random_password.cache.result
  })

  network {
    port = openstack_networking_port_v2.cache_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/several.yaml, or a list without cache.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
