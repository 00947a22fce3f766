# camp.yaml: stock

locals {
  stock_address = openstack_networking_port_v2.stock_back.all_fixed_ips[0]
}

# The password of stock. Letters and digits are safe in a URL without encoding.
resource "random_password" "stock" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "stock" {
  name                 = "one-shore-stock"
  description          = "Tier stock of one-shore"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: reader, ConnectTo stock
resource "openstack_networking_secgroup_rule_v2" "stock_from_reader" {
  security_group_id = openstack_networking_secgroup_v2.stock.id
  description       = "PostgreSQL from the tier reader"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.reader.id
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

# camp.yaml: stock, Placement: networks
resource "openstack_networking_port_v2" "stock_back" {
  name       = "one-shore-stock-1-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.stock.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# camp.yaml: stock, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "stock_data" {
  name                 = "one-shore-stock-1-data"
  size                 = 1
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "stock", region = "RegionOne" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/together.yaml, or a list without stock.
    prevent_destroy = true
  }
}

# Flavor from environments/together.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "stock" {
  name      = "one-shore-stock-1"
  image_id  = data.openstack_images_image_v2.machine.id
  flavor_id = "2"
  key_pair  = "operators"
  metadata  = merge(local.metadata, { tier = "stock", region = "RegionOne" })

  user_data = templatefile("${path.module}/cloud-init/stock.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    volume   = openstack_blockstorage_volume_v3.stock_data.id
    address  = local.stock_address
    password = random_password.stock.result
    clients  = openstack_networking_subnet_v2.main.cidr
  })

  network {
    port = openstack_networking_port_v2.stock_back.id
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

resource "openstack_compute_volume_attach_v2" "stock_data" {
  instance_id = openstack_compute_instance_v2.stock.id
  volume_id   = openstack_blockstorage_volume_v3.stock_data.id
}

# camp.yaml: stock, Placement: floating
resource "openstack_networking_floatingip_v2" "stock" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.stock_back.id
  description = "one-shore-stock-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.back]
}
