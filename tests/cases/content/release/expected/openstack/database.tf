# camp.yaml: database

locals {
  database_address = openstack_networking_port_v2.database_main.all_fixed_ips[0]

  # camp.yaml: sample, content: the SHA-256 of the object
  sample_sha256 = "63a6dd9aafc568fd6ab50a2e69eae8446ec37c689ebc999b725b4f93c341c0b4"
}

# The password of database. Letters and digits are safe in a URL without encoding.
resource "random_password" "database" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "database" {
  name                 = "notes-database"
  description          = "Tier database of notes"
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

resource "openstack_networking_secgroup_rule_v2" "database_to_object_store" {
  security_group_id = openstack_networking_secgroup_v2.database.id
  description       = "To the object store"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = local.object_store_port
  port_range_max    = local.object_store_port
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "database_main" {
  name       = "notes-database-1-main"
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

# camp.yaml: sample, content
resource "openstack_objectstorage_object_v1" "sample_content" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "sample/${local.sample_sha256}"
  source         = "${path.module}/../../sample.sql"

  lifecycle {
    # The old object is deleted after all references have changed.
    create_before_destroy = true

    precondition {
      condition     = filesha256("${path.module}/../../sample.sql") == local.sample_sha256
      error_message = "sample.sql has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_objectstorage_tempurl_v1" "sample_content" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.sample_content.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "database" {
  name        = "notes-database-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "database" })

  user_data = templatefile("${path.module}/cloud-init/database.yaml.tftpl", {
    scripts    = "${path.module}/cloud-init"
    address    = local.database_address
    password   = random_password.database.result
    sample_url = openstack_objectstorage_tempurl_v1.sample_content.url
    clients    = openstack_networking_subnet_v2.main.cidr
  })

  network {
    port = openstack_networking_port_v2.database_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without database.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
