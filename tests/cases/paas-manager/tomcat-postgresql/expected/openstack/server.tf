# camp.yaml: server

locals {
  server_address = openstack_networking_port_v2.server_main.all_fixed_ips[0]

  # camp.yaml: tables, the SHA-256 of its content
  tables_sha256 = "352fe4bf6cfa3f429e9144fa4bdde14d05588124c3241af753d9419528b3ada5"

  # camp.yaml: letters, the SHA-256 of its content
  letters_sha256 = "4500d76ce7049c069bb9b5fd2bbdaf0468852772ebe92f4f65bcf169e3ecf202"

  tomcat_environment = {
    DATABASE_URL             = "postgresql://writer:${random_password.postgresql.result}@127.0.0.1:5432/letters"                    # ConnectTo postgresql
    JDBC_DATABASE_PASSWORD   = random_password.postgresql.result                                                                    # ConnectTo postgresql
    JDBC_DATABASE_URL        = "jdbc:postgresql://127.0.0.1:5432/letters?user=writer&password=${random_password.postgresql.result}" # ConnectTo postgresql
    JDBC_DATABASE_USERNAME   = "writer"                                                                                             # ConnectTo postgresql
    JDBC_POSTGRESQL_PASSWORD = random_password.postgresql.result                                                                    # ConnectTo postgresql
    JDBC_POSTGRESQL_URL      = "jdbc:postgresql://127.0.0.1:5432/letters?user=writer&password=${random_password.postgresql.result}" # ConnectTo postgresql
    JDBC_POSTGRESQL_USERNAME = "writer"                                                                                             # ConnectTo postgresql
    PORT                     = "8080"                                                                                               # Expose
    POSTGRESQL_URL           = "postgresql://writer:${random_password.postgresql.result}@127.0.0.1:5432/letters"                    # ConnectTo postgresql
  }
}

# The password of postgresql. Letters and digits are safe in a URL without encoding.
resource "random_password" "postgresql" {
  length  = 32
  special = false
}

# environments/openstack.yaml: sizes; camp.yaml: server, Compute
data "openstack_compute_flavor_v2" "server" {
  name = "m1.medium"

  lifecycle {
    postcondition {
      condition     = try(self.vcpus >= 2 && self.ram >= 3072, true)
      error_message = "The plan requires 2 cores and 3 GiB of memory for the tier server (camp.yaml: server, Compute)."
    }
  }
}

resource "openstack_networking_secgroup_v2" "server" {
  name                 = "tomcat-and-postgresql-server"
  description          = "Tier server of tomcat-and-postgresql"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: letters, Expose
resource "openstack_networking_secgroup_rule_v2" "server_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.server.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "server_main" {
  name       = "tomcat-and-postgresql-server-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.server.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "server" {
  name        = "tomcat-and-postgresql-server-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = data.openstack_compute_flavor_v2.server.name
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "server" })

  user_data = templatefile("${path.module}/cloud-init/server.yaml.tftpl", {
    scripts             = "${path.module}/cloud-init"
    postgresql_address  = local.server_address
    postgresql_password = random_password.postgresql.result
    tables              = "${path.module}/../../tables.sql"
    tables_sha256       = local.tables_sha256
    letters             = "${path.module}/../../letters.war"
    letters_sha256      = local.letters_sha256

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    tomcat_environment = join("", [
      for name, value in local.tomcat_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.server_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without server.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]

    precondition {
      condition     = filesha256("${path.module}/../../tables.sql") == local.tables_sha256
      error_message = "tables.sql has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
    precondition {
      condition     = filesha256("${path.module}/../../letters.war") == local.letters_sha256
      error_message = "letters.war has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: letters, Expose: public
resource "openstack_networking_floatingip_v2" "server" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.server_main.id
  description = "tomcat-and-postgresql-server-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
