# camp.yaml: database

locals {
  database_address = openstack_networking_port_v2.database_back.all_fixed_ips[0]

  # camp.yaml: tables, the SHA-256 of its content
  tables_sha256 = "70854ab329cb767bd03a09971db622a02a3696d9e7484150d1356bbc33516dba"
}

# The password of database. Letters and digits are safe in a URL without encoding.
resource "random_password" "database" {
  length  = 32
  special = false
}

# environments/openstack.yaml: sizes; camp.yaml: database, Compute
data "openstack_compute_flavor_v2" "database" {
  name = "m1.medium"

  lifecycle {
    postcondition {
      condition     = try(self.vcpus >= 2 && self.ram >= 4096, true)
      error_message = "The plan requires 2 cores and 4 GiB of memory for the tier database (camp.yaml: database, Compute)."
    }
  }
}

resource "openstack_networking_secgroup_v2" "database" {
  name                 = "harbour-database"
  description          = "Tier database of harbour"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: orders, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "database_from_orders" {
  security_group_id = openstack_networking_secgroup_v2.database.id
  description       = "PostgreSQL from the tier orders"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.orders.id
}

# camp.yaml: stock, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "database_from_stock" {
  security_group_id = openstack_networking_secgroup_v2.database.id
  description       = "PostgreSQL from the tier stock"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.stock.id
}

# camp.yaml: database, Placement: networks
resource "openstack_networking_port_v2" "database_back" {
  name       = "harbour-database-1-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.database.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# camp.yaml: database, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "database_data" {
  name                 = "harbour-database-1-data"
  size                 = 20
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "database" })
}

resource "openstack_compute_instance_v2" "database" {
  name        = "harbour-database-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = data.openstack_compute_flavor_v2.database.name
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "database" })

  user_data = templatefile("${path.module}/cloud-init/database.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    volume        = openstack_blockstorage_volume_v3.database_data.id
    address       = local.database_address
    password      = random_password.database.result
    tables        = "${path.module}/../../db/tables.sql"
    tables_sha256 = local.tables_sha256
    clients       = openstack_networking_subnet_v2.back.cidr
  })

  network {
    port = openstack_networking_port_v2.database_back.id
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

    precondition {
      condition     = filesha256("${path.module}/../../db/tables.sql") == local.tables_sha256
      error_message = "db/tables.sql has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "database_data" {
  instance_id = openstack_compute_instance_v2.database.id
  volume_id   = openstack_blockstorage_volume_v3.database_data.id
}
