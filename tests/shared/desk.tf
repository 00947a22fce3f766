# camp.yaml: desk

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  desk_machines = { for n in range(1, var.desk_count + 1) : "desk-${n}" => n }

  # camp.yaml: desk, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  desk_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  desk_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.desk_content), name) || !can(regex(local.left_out, name))
  ])

  desk_environment = {
    ENTRIES_URL   = "postgresql://ledger:${random_password.entries.result}@${local.entries_address}:5432/ledger" # ConnectTo entries
    MEMCACHED_URL = "memcached://${local.pages_address}:11211"                                                   # ConnectTo pages
    ORDERS_URL    = "mysql://ledger:${random_password.orders.result}@${local.orders_address}:3306/ledger"        # ConnectTo orders
    PAGES_URL     = "memcached://${local.pages_address}:11211"                                                   # ConnectTo pages
    PORT          = "8080"                                                                                       # its default port
    REDIS_URL     = "redis://:${random_password.sessions.result}@${local.sessions_address}:6379"                 # ConnectTo sessions
    SESSIONS_URL  = "redis://:${random_password.sessions.result}@${local.sessions_address}:6379"                 # ConnectTo sessions
  }

  # All instances of the tier have the same user data.
  desk_user_data = templatefile("${path.module}/cloud-init/desk.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    content_root     = "${path.module}/../../app"
    content          = local.desk_content
    entries_address  = local.entries_address
    orders_address   = local.orders_address
    pages_address    = local.pages_address
    sessions_address = local.sessions_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.desk_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "desk" {
  name                 = "ledger-desk"
  description          = "Tier desk of ledger"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: desk, Expose
resource "openstack_networking_secgroup_rule_v2" "desk_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: desk, ConnectTo entries
resource "openstack_networking_secgroup_rule_v2" "desk_to_entries" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "PostgreSQL to the tier entries"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.entries.id
}

# camp.yaml: desk, ConnectTo orders
resource "openstack_networking_secgroup_rule_v2" "desk_to_orders" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "MariaDB to the tier orders"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3306
  port_range_max    = 3306
  remote_group_id   = openstack_networking_secgroup_v2.orders.id
}

# camp.yaml: desk, ConnectTo pages
resource "openstack_networking_secgroup_rule_v2" "desk_to_pages" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "memcached to the tier pages"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 11211
  port_range_max    = 11211
  remote_group_id   = openstack_networking_secgroup_v2.pages.id
}

# camp.yaml: desk, ConnectTo sessions
resource "openstack_networking_secgroup_rule_v2" "desk_to_sessions" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "Redis to the tier sessions"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.sessions.id
}

resource "openstack_networking_port_v2" "desk_main" {
  for_each = local.desk_machines

  name       = "ledger-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.desk.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "desk" {
  for_each = local.desk_machines

  name        = "ledger-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.desk_flavor
  key_pair    = var.key_pair
  user_data   = local.desk_user_data
  metadata    = merge(local.metadata, { tier = "desk" })

  network {
    port = openstack_networking_port_v2.desk_main[each.key].id
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
      condition = local.desk_files != toset(keys(local.desk_content)) ? false : alltrue([
        for name, sha256 in local.desk_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: desk, Expose: public
resource "openstack_networking_floatingip_v2" "desk" {
  for_each = local.desk_machines

  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.desk_main[each.key].id
  description = "ledger-${each.key}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
