# camp.yaml: stock

locals {
  stock_address = openstack_networking_port_v2.stock_main.all_fixed_ips[0]
}

# The password of stock. Letters and digits are safe in a URL without encoding.
resource "random_password" "stock" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "stock" {
  name                 = "placed-stock"
  description          = "Tier stock of placed"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo stock
resource "openstack_networking_secgroup_rule_v2" "stock_from_web" {
  security_group_id = openstack_networking_secgroup_v2.stock.id
  description       = "PostgreSQL from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

resource "openstack_networking_port_v2" "stock_main" {
  name       = "placed-stock-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.stock.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: stock, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "stock_archive" {
  name                 = "placed-stock-1-archive"
  size                 = 2
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "stock" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without stock.
    prevent_destroy = true
  }
}

# camp.yaml: stock, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "stock_data" {
  name                 = "placed-stock-1-data"
  size                 = 1
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "stock" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without stock.
    prevent_destroy = true
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "stock" {
  name        = "placed-stock-1"
  image_id    = data.openstack_images_image_v2.stock.id
  flavor_name = "m1.tiny"
  key_pair    = openstack_compute_keypair_v2.machine.name
  metadata    = merge(local.metadata, { tier = "stock" })

  user_data = templatefile("${path.module}/cloud-init/stock.yaml.tftpl", {
    scripts        = "${path.module}/cloud-init"
    volume_data    = openstack_blockstorage_volume_v3.stock_data.id
    volume_archive = openstack_blockstorage_volume_v3.stock_archive.id
    address        = local.stock_address
    password       = random_password.stock.result
    clients        = openstack_networking_subnet_v2.main.cidr
  })

  network {
    port = openstack_networking_port_v2.stock_main.id
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

resource "openstack_compute_volume_attach_v2" "stock_archive" {
  instance_id = openstack_compute_instance_v2.stock.id
  volume_id   = openstack_blockstorage_volume_v3.stock_archive.id
}

resource "openstack_compute_volume_attach_v2" "stock_data" {
  instance_id = openstack_compute_instance_v2.stock.id
  volume_id   = openstack_blockstorage_volume_v3.stock_data.id

  depends_on = [openstack_compute_volume_attach_v2.stock_archive]
}
