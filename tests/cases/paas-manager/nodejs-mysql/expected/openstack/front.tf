# camp.yaml: front

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  front_machines = { for n in range(1, var.front_count + 1) : "front-${n}" => n }

  # camp.yaml: front, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  front_content = {
    "package.json" = "0f93501e9b0584e9cb580f3045f71cc65f7eda0be2101f1224e4ac10130ca37a"
    "server.js"    = "bf986cf53d7f828d0475195846d831896758f41de00a2b7640c6c1d1703ef99a"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  front_files = toset([
    for name in fileset("${path.module}/../../front", "**") : name
    if contains(keys(local.front_content), name) || !can(regex(local.left_out, name))
  ])

  front_environment = {
    DATABASE_URL = "mysql://nodejs-and-mysql:${random_password.mysql.result}@${local.mysql_address}:3306/nodejs-and-mysql" # ConnectTo mysql
    MYSQL_URL    = "mysql://nodejs-and-mysql:${random_password.mysql.result}@${local.mysql_address}:3306/nodejs-and-mysql" # ConnectTo mysql
    PORT         = "3000"                                                                                                  # Expose
  }

  # All instances of the tier have the same user data.
  front_user_data = templatefile("${path.module}/cloud-init/front.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    content_root  = "${path.module}/../../front"
    content       = local.front_content
    mysql_address = local.mysql_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.front_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "front" {
  name                 = "nodejs-and-mysql-front"
  description          = "Tier front of nodejs-and-mysql"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: front, Expose
resource "openstack_networking_secgroup_rule_v2" "front_from_anywhere_3000" {
  security_group_id = openstack_networking_secgroup_v2.front.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3000
  port_range_max    = 3000
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: front, ConnectTo mysql
resource "openstack_networking_secgroup_rule_v2" "front_to_mysql" {
  security_group_id = openstack_networking_secgroup_v2.front.id
  description       = "MariaDB to the tier mysql"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3306
  port_range_max    = 3306
  remote_group_id   = openstack_networking_secgroup_v2.mysql.id
}

resource "openstack_networking_port_v2" "front_main" {
  for_each = local.front_machines

  name       = "nodejs-and-mysql-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.front.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: front, Placement: spread
resource "openstack_compute_servergroup_v2" "front" {
  name     = "nodejs-and-mysql-front"
  policies = ["soft-anti-affinity"]
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "front" {
  for_each = local.front_machines

  name        = "nodejs-and-mysql-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.front_user_data
  metadata    = merge(local.metadata, { tier = "front" })

  network {
    port = openstack_networking_port_v2.front_main[each.key].id
  }

  scheduler_hints {
    group = openstack_compute_servergroup_v2.front.id
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
      condition = local.front_files != toset(keys(local.front_content)) ? false : alltrue([
        for name, sha256 in local.front_content : filesha256("${path.module}/../../front/${name}") == sha256
      ])
      error_message = "front/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: front, Expose: public
resource "openstack_networking_floatingip_v2" "front" {
  for_each = local.front_machines

  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.front_main[each.key].id
  description = "nodejs-and-mysql-${each.key}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
