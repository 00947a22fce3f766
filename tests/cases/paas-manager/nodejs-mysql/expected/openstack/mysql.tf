# camp.yaml: mysql

locals {
  mysql_address = openstack_networking_port_v2.mysql_main.all_fixed_ips[0]
}

# The password of mysql, and of nobody else. Letters and digits: safe in a URL as it stands.
resource "random_password" "mysql" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "mysql" {
  name                 = "nodejs-and-mysql-mysql"
  description          = "Tier mysql of nodejs-and-mysql"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: front, ConnectTo mysql
resource "openstack_networking_secgroup_rule_v2" "mysql_from_front" {
  security_group_id = openstack_networking_secgroup_v2.mysql.id
  description       = "MariaDB from the tier front"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3306
  port_range_max    = 3306
  remote_group_id   = openstack_networking_secgroup_v2.front.id
}

resource "openstack_networking_port_v2" "mysql_main" {
  name       = "nodejs-and-mysql-mysql-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.mysql.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: mysql, Volume. Made apart from the machine, which may be replaced without it.
resource "openstack_blockstorage_volume_v3" "mysql_data" {
  name                 = "nodejs-and-mysql-mysql-1-data"
  size                 = 2
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "mysql" })
}

# Flavor by environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "mysql" {
  name        = "nodejs-and-mysql-mysql-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "mysql" })

  user_data = templatefile("${path.module}/cloud-init/mysql.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    volume   = openstack_blockstorage_volume_v3.mysql_data.id
    address  = local.mysql_address
    password = random_password.mysql.result
    clients  = openstack_networking_subnet_v2.main.cidr
  })

  network {
    port = openstack_networking_port_v2.mysql_main.id
  }

  # Packages are fetched at the first boot.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # A newer image of that name is for new machines: the provider would rebuild this one in place.
    # A machine is put into its server group when it is made; a running one cannot change it.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}

resource "openstack_compute_volume_attach_v2" "mysql_data" {
  instance_id = openstack_compute_instance_v2.mysql.id
  volume_id   = openstack_blockstorage_volume_v3.mysql_data.id
}
