# camp.yaml: cache

locals {
  cache_address = openstack_networking_port_v2.cache_back.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "cache" {
  name                 = "several-nets-cache"
  description          = "Tier cache of several-nets"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: cache, Ports
resource "openstack_networking_secgroup_rule_v2" "cache_tcp_6379_from_web" {
  security_group_id = openstack_networking_secgroup_v2.cache.id
  description       = "TCP 6379 from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

# camp.yaml: cache, Ports
resource "openstack_networking_secgroup_rule_v2" "cache_udp_6379_from_web" {
  security_group_id = openstack_networking_secgroup_v2.cache.id
  description       = "UDP 6379 from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

# camp.yaml: cache, Placement: networks
resource "openstack_networking_port_v2" "cache_back" {
  name       = "several-nets-cache-1-back"
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
  name        = "several-nets-cache-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.tiny"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "cache" })

  user_data = templatefile("${path.module}/cloud-init/cache.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
  })

  network {
    port = openstack_networking_port_v2.cache_back.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.back]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without cache.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
