# camp.yaml: node

locals {
  node_address = openstack_networking_port_v2.node_main.all_fixed_ips[0]

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_content = {
    "package.json" = "458a226de31515603657086789265d91a15ed1800b568f6636360d6b05999be8"
    "server.js"    = "5f36f172d1c05493b780d1e12756111f81c6f5438d0d5f122b1896286d017f4b"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    CACHE_URL    = "redis://:${random_password.cache.result}@${local.cache_address}:6379"                       # ConnectTo cache
    DATABASE_URL = "postgresql://tasks:${random_password.database.result}@${local.database_address}:5432/tasks" # ConnectTo database
    PORT         = "8080"                                                                                       # its default port
    REDIS_URL    = "redis://:${random_password.cache.result}@${local.cache_address}:6379"                       # ConnectTo cache
  }
}

resource "openstack_networking_secgroup_v2" "node" {
  name                 = "tasks-node"
  description          = "Tier node of tasks"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, Expose
resource "openstack_networking_secgroup_rule_v2" "node_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.node.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: web, ConnectTo cache
resource "openstack_networking_secgroup_rule_v2" "node_to_cache" {
  security_group_id = openstack_networking_secgroup_v2.node.id
  description       = "Redis to the tier cache"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.cache.id
}

# camp.yaml: web, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "node_to_database" {
  security_group_id = openstack_networking_secgroup_v2.node.id
  description       = "PostgreSQL to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

resource "openstack_networking_secgroup_rule_v2" "node_to_packages_8443" {
  security_group_id = openstack_networking_secgroup_v2.node.id
  description       = "To the repository of a vendor"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8443
  port_range_max    = 8443
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "node_main" {
  name       = "tasks-node-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.node.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "node" {
  name        = "tasks-node-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.node_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "node" })

  user_data = templatefile("${path.module}/cloud-init/node.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    content_root     = "${path.module}/../../app"
    content          = local.web_content
    cache_address    = local.cache_address
    database_address = local.database_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.node_main.id
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
resource "openstack_networking_floatingip_v2" "node" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.node_main.id
  description = "tasks-node-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
