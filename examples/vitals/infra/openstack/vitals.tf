# camp.yaml: vitals

locals {
  vitals_address = openstack_networking_port_v2.vitals_main.all_fixed_ips[0]

  # camp.yaml: vitals, the SHA-256 of its content
  vitals_sha256 = "a3c9787f5e82c9750afdb376bd396d230f97f6691372bdd1d0c3281aca42b785"

  vitals_environment = {
    DATABASE_URL           = "postgresql://vitals:${random_password.db.result}@${local.db_address}:5432/vitals"                    # ConnectTo db
    DB_URL                 = "postgresql://vitals:${random_password.db.result}@${local.db_address}:5432/vitals"                    # ConnectTo db
    JDBC_DATABASE_PASSWORD = random_password.db.result                                                                             # ConnectTo db
    JDBC_DATABASE_URL      = "jdbc:postgresql://${local.db_address}:5432/vitals?user=vitals&password=${random_password.db.result}" # ConnectTo db
    JDBC_DATABASE_USERNAME = "vitals"                                                                                              # ConnectTo db
    JDBC_DB_PASSWORD       = random_password.db.result                                                                             # ConnectTo db
    JDBC_DB_URL            = "jdbc:postgresql://${local.db_address}:5432/vitals?user=vitals&password=${random_password.db.result}" # ConnectTo db
    JDBC_DB_USERNAME       = "vitals"                                                                                              # ConnectTo db
    PORT                   = "8080"                                                                                                # its default port
  }
}

resource "openstack_networking_secgroup_v2" "vitals" {
  name                 = "vitals-vitals"
  description          = "Tier vitals of vitals"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: vitals, public by default
resource "openstack_networking_secgroup_rule_v2" "vitals_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.vitals.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: vitals, ConnectTo db
resource "openstack_networking_secgroup_rule_v2" "vitals_to_db" {
  security_group_id = openstack_networking_secgroup_v2.vitals.id
  description       = "PostgreSQL to the tier db"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.db.id
}

resource "openstack_networking_port_v2" "vitals_main" {
  name       = "vitals-vitals-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.vitals.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "vitals" {
  name        = "vitals-vitals-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "vitals" })

  user_data = templatefile("${path.module}/cloud-init/vitals.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    vitals        = "${path.module}/../../vitals.war"
    vitals_sha256 = local.vitals_sha256
    db_address    = local.db_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.vitals_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.vitals_main.id
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
      condition     = filesha256("${path.module}/../../vitals.war") == local.vitals_sha256
      error_message = "vitals.war has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: vitals, public by default
resource "openstack_networking_floatingip_v2" "vitals" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.vitals_main.id
  description = "vitals-vitals-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
