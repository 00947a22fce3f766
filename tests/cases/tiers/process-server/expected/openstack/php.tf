# camp.yaml: php

locals {
  php_address = openstack_networking_port_v2.php_main.all_fixed_ips[0]

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_content = {
    Procfile     = "95be57a982bca1aa18b137d101effae0a5fbc78da14def883e272a16dbad96c4"
    "index.php"  = "00aba3928cd622ad67c0f81ecd5aa8699e07f8f4908c045fe34f6a2dc0067b37"
    "worker.php" = "00aba3928cd622ad67c0f81ecd5aa8699e07f8f4908c045fe34f6a2dc0067b37"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  php_environment = {
    DATABASE_URL = "mysql://server:${random_password.db.result}@${local.db_address}:3306/server" # ConnectTo db
    DB_URL       = "mysql://server:${random_password.db.result}@${local.db_address}:3306/server" # ConnectTo db
    PORT         = "8080"                                                                        # Expose
  }
}

resource "openstack_networking_secgroup_v2" "php" {
  name                 = "server-php"
  description          = "Tier php of server"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, Expose
resource "openstack_networking_secgroup_rule_v2" "php_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.php.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: web, ConnectTo db
resource "openstack_networking_secgroup_rule_v2" "php_to_db" {
  security_group_id = openstack_networking_secgroup_v2.php.id
  description       = "MariaDB to the tier db"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3306
  port_range_max    = 3306
  remote_group_id   = openstack_networking_secgroup_v2.db.id
}

resource "openstack_networking_port_v2" "php_main" {
  name       = "server-php-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.php.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "php" {
  name        = "server-php-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.php_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "php" })

  user_data = templatefile("${path.module}/cloud-init/php.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.web_content
    db_address   = local.db_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.php_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.php_main.id
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
      condition = local.web_files != toset(keys(local.web_content)) ? false : alltrue([
        for name, sha256 in local.web_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: web, Expose: public
resource "openstack_networking_floatingip_v2" "php" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.php_main.id
  description = "server-php-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
