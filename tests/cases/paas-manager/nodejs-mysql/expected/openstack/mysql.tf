# camp.yaml: mysql

locals {
  mysql_address = openstack_networking_port_v2.mysql_main.all_fixed_ips[0]
}

# The password of mysql. Letters and digits are safe in a URL without encoding.
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

# camp.yaml: mysql, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "mysql_data" {
  name                 = "nodejs-and-mysql-mysql-1-data"
  size                 = 2
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "mysql" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without mysql.
    prevent_destroy = true
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
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

resource "openstack_compute_volume_attach_v2" "mysql_data" {
  instance_id = openstack_compute_instance_v2.mysql.id
  volume_id   = openstack_blockstorage_volume_v3.mysql_data.id
}
