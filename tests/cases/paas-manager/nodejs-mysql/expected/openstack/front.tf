# camp.yaml: front

locals {
  # Machine => its number. Keys are stable: a machine that comes or goes leaves the others alone.
  front_machines = { for n in range(1, var.front_count + 1) : "front-${n}" => n }

  # camp.yaml: front, content: file => its SHA-256 when this was generated.
  # A changed line here means new machines; the machines compare what they received.
  front_content = {
    "package.json" = "0f93501e9b0584e9cb580f3045f71cc65f7eda0be2101f1224e4ac10130ca37a"
    "server.js"    = "bf986cf53d7f828d0475195846d831896758f41de00a2b7640c6c1d1703ef99a"
  }

  # What is there: of files that were not compiled, those that would be content.
  front_files = toset([
    for name in fileset("${path.module}/../../front", "**") : name
    if contains(keys(local.front_content), name) || !can(regex(local.left_out, name))
  ])

  front_environment = {
    DATABASE_URL = "mysql://nodejs-and-mysql:${random_password.mysql.result}@${local.mysql_address}:3306/nodejs-and-mysql" # ConnectTo mysql
    MYSQL_URL    = "mysql://nodejs-and-mysql:${random_password.mysql.result}@${local.mysql_address}:3306/nodejs-and-mysql" # ConnectTo mysql
    PORT         = "3000"                                                                                                  # Expose
  }

  # One document for the whole tier: nothing in it differs from machine to machine.
  front_user_data = templatefile("${path.module}/cloud-init/front.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    content_root  = "${path.module}/../../front"
    content       = local.front_content
    mysql_address = local.mysql_address

    # For systemd's EnvironmentFile: between double quotes only " \ $ and ` need a backslash.
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
  description       = "HTTP from anywhere"
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
  description       = "MariaDB of the tier mysql"
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

# Flavor by environments/openstack.yaml: sizes, the smallest.
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

  # Packages are fetched at the first boot.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # A newer image of that name is for new machines: the provider would rebuild this one in place.
    # A machine is put into its server group when it is made; a running one cannot change it.
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

  # Neutron knows no way to the machine's subnet before; nothing above says so.
  depends_on = [openstack_networking_router_interface_v2.main]
}
