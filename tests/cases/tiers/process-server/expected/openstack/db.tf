# camp.yaml: db

locals {
  db_address = openstack_networking_port_v2.db_main.all_fixed_ips[0]
}

# The password of db. Letters and digits are safe in a URL without encoding.
resource "random_password" "db" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "db" {
  name                 = "server-db"
  description          = "Tier db of server"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo db
resource "openstack_networking_secgroup_rule_v2" "db_from_back" {
  security_group_id = openstack_networking_secgroup_v2.db.id
  description       = "MariaDB from the tier back"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3306
  port_range_max    = 3306
  remote_group_id   = openstack_networking_secgroup_v2.back.id
}

# camp.yaml: web, ConnectTo db
resource "openstack_networking_secgroup_rule_v2" "db_from_php" {
  security_group_id = openstack_networking_secgroup_v2.db.id
  description       = "MariaDB from the tier php"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3306
  port_range_max    = 3306
  remote_group_id   = openstack_networking_secgroup_v2.php.id
}

resource "openstack_networking_port_v2" "db_main" {
  name       = "server-db-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.db.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "db" {
  name        = "server-db-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.db_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "db" })

  user_data = templatefile("${path.module}/cloud-init/db.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    address  = local.db_address
    password = random_password.db.result
    clients  = openstack_networking_subnet_v2.main.cidr
  })

  network {
    port = openstack_networking_port_v2.db_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without db.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
