# camp.yaml: desk

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  desk_machines = { for n in range(1, var.desk_count + 1) : "desk-${n}" => n }

  # Ports for the largest scale. Other instances use their addresses, so scaling must not change them.
  desk_slots     = { for n in range(1, 4) : "desk-${n}" => n }
  desk_addresses = [for n in range(1, 4) : openstack_networking_port_v2.desk_main["desk-${n}"].all_fixed_ips[0]]

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
    CACHE_URL  = "redis://:${random_password.cache.result}@${local.cache_address}:6379"                     # ConnectTo cache
    LEDGER_URL = "postgresql://gauged:${random_password.ledger.result}@${local.ledger_address}:5432/gauged" # ConnectTo ledger
    PORT       = "8080"                                                                                     # Expose
    REDIS_URL  = "redis://:${random_password.cache.result}@${local.cache_address}:6379"                     # ConnectTo cache
    SHELF_URL  = "mysql://gauged:${random_password.shelf.result}@${local.shelf_address}:3306/gauged"        # ConnectTo shelf
  }

  # All instances of the tier have the same user data.
  desk_user_data = templatefile("${path.module}/cloud-init/desk.yaml.tftpl", {
    scripts        = "${path.module}/cloud-init"
    content_root   = "${path.module}/../../app"
    content        = local.desk_content
    cache_address  = local.cache_address
    ledger_address = local.ledger_address
    shelf_address  = local.shelf_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.desk_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "desk" {
  name                 = "gauged-desk"
  description          = "Tier desk of gauged"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: desk, Balance
resource "openstack_networking_secgroup_rule_v2" "desk_8080_from_desk_balancer" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "HAProxy from the tier desk-balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.desk_balancer.id
}

# environments/several.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "desk_metrics_9100_from_198_51_100_0_24" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "Metrics of the instance from 198.51.100.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9100
  port_range_max    = 9100
  remote_ip_prefix  = "198.51.100.0/24"
}

# environments/several.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "desk_metrics_9100_from_203_0_113_9_32" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "Metrics of the instance from 203.0.113.9/32"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9100
  port_range_max    = 9100
  remote_ip_prefix  = "203.0.113.9/32"
}

# camp.yaml: desk, ConnectTo cache
resource "openstack_networking_secgroup_rule_v2" "desk_to_cache" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "Redis to the tier cache"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.cache.id
}

# camp.yaml: desk, ConnectTo ledger
resource "openstack_networking_secgroup_rule_v2" "desk_to_ledger" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "PostgreSQL to the tier ledger"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.ledger.id
}

# camp.yaml: desk, ConnectTo shelf
resource "openstack_networking_secgroup_rule_v2" "desk_to_shelf" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "MariaDB to the tier shelf"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3306
  port_range_max    = 3306
  remote_group_id   = openstack_networking_secgroup_v2.shelf.id
}

resource "openstack_networking_port_v2" "desk_main" {
  for_each = local.desk_slots

  name       = "gauged-${each.key}-main"
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

  name        = "gauged-${each.key}"
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
