# camp.yaml: database

locals {
  database_address = openstack_networking_port_v2.database_back.all_fixed_ips[0]

  # camp.yaml: schema, the SHA-256 of its content
  schema_sha256 = "e3a63ef5dc41b3380c264f8bd4c46f7b161b8e8d2fa3e308808156f8148249a4"
}

# The password of database. Letters and digits are safe in a URL without encoding.
resource "random_password" "database" {
  length  = 32
  special = false
}

# environments/openstack.yaml: sizes; camp.yaml: database, Compute
data "openstack_compute_flavor_v2" "database" {
  name = "m1.small"

  lifecycle {
    postcondition {
      condition     = try(self.vcpus >= 1 && self.ram >= 2048, true)
      error_message = "The plan requires 1 core and 2 GiB of memory for the tier database (camp.yaml: database, Compute)."
    }
  }
}

resource "openstack_networking_secgroup_v2" "database" {
  name                 = "guestbook-database"
  description          = "Tier database of guestbook"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "database_from_web" {
  security_group_id = openstack_networking_secgroup_v2.database.id
  description       = "PostgreSQL from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

# camp.yaml: database, Placement: networks
resource "openstack_networking_port_v2" "database_back" {
  name       = "guestbook-database-1-back"
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
  name                 = "guestbook-database-1-data"
  size                 = 10
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "database" })
}

resource "openstack_compute_instance_v2" "database" {
  name        = "guestbook-database-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = data.openstack_compute_flavor_v2.database.name
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "database" })

  user_data = templatefile("${path.module}/cloud-init/database.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    volume        = openstack_blockstorage_volume_v3.database_data.id
    address       = local.database_address
    password      = random_password.database.result
    schema        = "${path.module}/../../db/schema.sql"
    schema_sha256 = local.schema_sha256
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
      condition     = filesha256("${path.module}/../../db/schema.sql") == local.schema_sha256
      error_message = "db/schema.sql has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "database_data" {
  instance_id = openstack_compute_instance_v2.database.id
  volume_id   = openstack_blockstorage_volume_v3.database_data.id
}
