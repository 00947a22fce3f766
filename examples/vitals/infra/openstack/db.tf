# camp.yaml: db

locals {
  db_address = openstack_networking_port_v2.db_main.all_fixed_ips[0]

  # camp.yaml: tables, the SHA-256 of its content
  tables_sha256 = "9b091509b9470c9cdde5f0460969c47a9ce32115939311f701efcefa5527a190"
}

# The password of db. Letters and digits are safe in a URL without encoding.
resource "random_password" "db" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "db" {
  name                 = "vitals-db"
  description          = "Tier db of vitals"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: vitals, ConnectTo db
resource "openstack_networking_secgroup_rule_v2" "db_from_vitals" {
  security_group_id = openstack_networking_secgroup_v2.db.id
  description       = "PostgreSQL from the tier vitals"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.vitals.id
}

resource "openstack_networking_port_v2" "db_main" {
  name       = "vitals-db-1-main"
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

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "db" {
  name        = "vitals-db-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "db" })

  user_data = templatefile("${path.module}/cloud-init/db.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    address       = local.db_address
    password      = random_password.db.result
    tables        = "${path.module}/../../vitals.sql"
    tables_sha256 = local.tables_sha256
    clients       = openstack_networking_subnet_v2.main.cidr
  })

  network {
    port = openstack_networking_port_v2.db_main.id
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
      condition     = filesha256("${path.module}/../../vitals.sql") == local.tables_sha256
      error_message = "vitals.sql has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
