# camp.yaml: stock

locals {
  stock_address          = openstack_networking_port_v2.stock_back.all_fixed_ips[0]
  stock_floating_address = openstack_networking_floatingip_v2.stock.address
}

# The password of stock. Letters and digits are safe in a URL without encoding.
resource "random_password" "stock" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "stock" {
  provider = openstack.regiontwo

  name                 = "two-shores-stock"
  description          = "Tier stock of two-shores"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: reader, ConnectTo stock
resource "openstack_networking_secgroup_rule_v2" "stock_from_reader" {
  provider = openstack.regiontwo

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
  for_each = local.web_slots
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.stock.id
  description       = "PostgreSQL from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_ip_prefix  = "${openstack_networking_floatingip_v2.web[each.key].address}/32"
}

# camp.yaml: stock, Placement: networks
resource "openstack_networking_port_v2" "stock_back" {
  provider = openstack.regiontwo

  name       = "two-shores-stock-1-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine_regiontwo.id,
    openstack_networking_secgroup_v2.stock.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# camp.yaml: stock, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "stock_data" {
  provider = openstack.regiontwo

  name                 = "two-shores-stock-1-data"
  size                 = 1
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "stock", region = "RegionTwo" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without stock.
    prevent_destroy = true
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "stock" {
  provider = openstack.regiontwo

  name        = "two-shores-stock-1"
  image_id    = data.openstack_images_image_v2.machine_regiontwo.id
  flavor_name = "m1.tiny"
  key_pair    = openstack_compute_keypair_v2.machine_regiontwo.name
  metadata    = merge(local.metadata, { tier = "stock", region = "RegionTwo" })

  user_data = templatefile("${path.module}/cloud-init/stock.yaml.tftpl", {
    scripts   = "${path.module}/cloud-init"
    volume    = openstack_blockstorage_volume_v3.stock_data.id
    address   = local.stock_address
    password  = random_password.stock.result
    clients_1 = openstack_networking_subnet_v2.main_regiontwo.cidr
    clients_2 = "${openstack_networking_floatingip_v2.web["web-1"].address}/32"
    clients_3 = "${openstack_networking_floatingip_v2.web["web-2"].address}/32"
    clients_4 = "${openstack_networking_floatingip_v2.web["web-3"].address}/32"
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
  provider = openstack.regiontwo

  instance_id = openstack_compute_instance_v2.stock.id
  volume_id   = openstack_blockstorage_volume_v3.stock_data.id
}

# camp.yaml: stock, Placement: floating
resource "openstack_networking_floatingip_v2" "stock" {
  provider = openstack.regiontwo

  pool        = data.openstack_networking_network_v2.external_regiontwo.name
  port_id     = openstack_networking_port_v2.stock_back.id
  description = "two-shores-stock-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.back]
}
