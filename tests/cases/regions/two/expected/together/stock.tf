# camp.yaml: stock

locals {
  stock_address = openstack_networking_port_v2.stock_back.all_fixed_ips[0]
}

# The password of stock, and of nobody else. Letters and digits: safe in a URL as it stands.
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

# camp.yaml: stock, Volume. Made apart from the machine, which may be replaced without it.
resource "openstack_blockstorage_volume_v3" "stock_data" {
  name                 = "one-shore-stock-1-data"
  size                 = 1
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "stock", region = "RegionOne" })
}

# Flavor by environments/together.yaml: sizes, the smallest.
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

  # Packages are fetched at the first boot.
  depends_on = [openstack_networking_router_interface_v2.back]

  lifecycle {
    # A newer image of that name is for new machines: the provider would rebuild this one in place.
    # A machine is put into its server group when it is made; a running one cannot change it.
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

  # Neutron knows no way to the machine's subnet before; nothing above says so.
  depends_on = [openstack_networking_router_interface_v2.back]
}
