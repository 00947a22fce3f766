# camp.yaml: store

locals {
  store_address = openstack_networking_port_v2.store_inside.all_fixed_ips[0]
}

# The password of store. Letters and digits are safe in a URL without encoding.
resource "random_password" "store" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "store" {
  name                 = "shop-database"
  description          = "Tier database of shop"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: front, ConnectTo store
resource "openstack_networking_secgroup_rule_v2" "store_from_front" {
  security_group_id = openstack_networking_secgroup_v2.store.id
  description       = "PostgreSQL from the tier site"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.front.id
}

# camp.yaml: store, Placement: networks
resource "openstack_networking_port_v2" "store_inside" {
  name       = "shop-database-1-back"
  network_id = openstack_networking_network_v2.inside.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.store.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.inside.id
  }
}

# camp.yaml: store, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "store_records" {
  name                 = "shop-database-1-data"
  size                 = 5
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "database" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without store.
    prevent_destroy = true
  }
}

resource "openstack_compute_instance_v2" "store" {
  name        = "shop-database-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.store_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "database" })

  user_data = templatefile("${path.module}/cloud-init/store.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    volume   = openstack_blockstorage_volume_v3.store_records.id
    address  = local.store_address
    password = random_password.store.result
    clients  = openstack_networking_subnet_v2.inside.cidr
  })

  network {
    port = openstack_networking_port_v2.store_inside.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.inside]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}

resource "openstack_compute_volume_attach_v2" "store_records" {
  instance_id = openstack_compute_instance_v2.store.id
  volume_id   = openstack_blockstorage_volume_v3.store_records.id
}
