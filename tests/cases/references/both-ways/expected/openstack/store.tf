# camp.yaml: store

locals {
  store_address = openstack_networking_port_v2.store_back.all_fixed_ips[0]
}

# The password of store. Letters and digits are safe in a URL without encoding.
resource "random_password" "store" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "store" {
  name                 = "acquainted-store"
  description          = "Tier store of acquainted"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: store, Ports
resource "openstack_networking_secgroup_rule_v2" "store_tcp_6379_from_api" {
  security_group_id = openstack_networking_secgroup_v2.store.id
  description       = "TCP 6379 from the tier api"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.api.id
}

# camp.yaml: store, Placement: networks
resource "openstack_networking_port_v2" "store_back" {
  name       = "acquainted-store-1-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.store.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "store" {
  name        = "acquainted-store-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "store" })

  user_data = templatefile("${path.module}/cloud-init/store.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    address  = local.store_address
    password = random_password.store.result
  })

  network {
    port = openstack_networking_port_v2.store_back.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.back]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without store.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
