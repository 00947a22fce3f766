# camp.yaml: database

locals {
  database_address = openstack_networking_port_v2.database_main.all_fixed_ips[0]

  # camp.yaml: tables, the SHA-256 of its content
  tables_sha256 = "f8248595212fda2bd40b8858b437249fd56850a7c5accc929a19413284b784e8"
}

# The password of database. Letters and digits are safe in a URL without encoding.
resource "random_password" "database" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "database" {
  name                 = "tickets-database"
  description          = "Tier database of tickets"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: tickets, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "database_from_tickets" {
  security_group_id = openstack_networking_secgroup_v2.database.id
  description       = "PostgreSQL from the tier tickets"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.tickets.id
}

# environments/openstack.yaml: ssh_from
resource "openstack_networking_secgroup_rule_v2" "database_ssh_from_bastion" {
  security_group_id = openstack_networking_secgroup_v2.database.id
  description       = "SSH from the tier bastion"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 22
  port_range_max    = 22
  remote_group_id   = openstack_networking_secgroup_v2.bastion.id
}

resource "openstack_networking_port_v2" "database_main" {
  name       = "tickets-database-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.database.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: database, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "database_data" {
  name                 = "tickets-database-1-data"
  size                 = 10
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "database" })
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "database" {
  name        = "tickets-database-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "database" })

  user_data = templatefile("${path.module}/cloud-init/database.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    volume        = openstack_blockstorage_volume_v3.database_data.id
    address       = local.database_address
    password      = random_password.database.result
    tables        = "${path.module}/../../db/ticket.sql"
    tables_sha256 = local.tables_sha256
    clients       = openstack_networking_subnet_v2.main.cidr
  })

  network {
    port = openstack_networking_port_v2.database_main.id
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

    precondition {
      condition     = filesha256("${path.module}/../../db/ticket.sql") == local.tables_sha256
      error_message = "db/ticket.sql has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "database_data" {
  instance_id = openstack_compute_instance_v2.database.id
  volume_id   = openstack_blockstorage_volume_v3.database_data.id
}
