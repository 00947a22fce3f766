# camp.yaml: database

locals {
  database_address = openstack_networking_port_v2.database_main.all_fixed_ips[0]

  # camp.yaml: tables, the SHA-256 of its content
  tables_sha256 = "750d691cedfd7ac5b5955fc4bd85c30af50ff34735db05839bbe5757f63aee88"
}

# The password of database. Letters and digits are safe in a URL without encoding.
resource "random_password" "database" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "database" {
  name                 = "baked-database"
  description          = "Tier database of baked"
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

resource "openstack_networking_port_v2" "database_main" {
  name       = "baked-database-1-main"
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

# The baked image of the tier, if there is one.
data "openstack_images_image_v2" "database_baked" {
  count = var.database_image == null ? 0 : 1

  name        = var.database_image
  most_recent = true
}

# If the image has another version, Terraform only prints a warning.
check "database_image" {
  assert {
    condition = alltrue([
      for image in data.openstack_images_image_v2.database_baked :
      image.properties == null || try(image.properties["camp2iac_install"], "") == "535b46e9935c96a5c6834cfb89759a21ac7f0777bb59e9fc540f80a0dd37a358"
    ])
    error_message = "The image that database_image names has other software than this module, so new instances of the tier database install it again. To make a new image, run packer build images/database."
  }
}

# camp.yaml: database, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "database_data" {
  name                 = "baked-database-1-data"
  size                 = 10
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "database" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without database.
    prevent_destroy = true
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "database" {
  name        = "baked-database-1"
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "database" })

  user_data = templatefile("${path.module}/cloud-init/database.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    volume        = openstack_blockstorage_volume_v3.database_data.id
    address       = local.database_address
    password      = random_password.database.result
    tables        = "${path.module}/../../database/tables.sql"
    tables_sha256 = local.tables_sha256
    clients       = openstack_networking_subnet_v2.main.cidr
  })

  # environments/openstack.yaml: tiers: database: boot_volume
  block_device {
    uuid                  = var.database_image == null ? data.openstack_images_image_v2.machine.id : data.openstack_images_image_v2.database_baked[0].id
    source_type           = "image"
    destination_type      = "volume"
    volume_size           = 20
    boot_index            = 0
    delete_on_termination = true
  }

  network {
    port = openstack_networking_port_v2.database_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, Terraform would replace existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      block_device[0].uuid,
      scheduler_hints,
    ]

    precondition {
      condition     = filesha256("${path.module}/../../database/tables.sql") == local.tables_sha256
      error_message = "database/tables.sql has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "database_data" {
  instance_id = openstack_compute_instance_v2.database.id
  volume_id   = openstack_blockstorage_volume_v3.database_data.id
}
