# camp.yaml: router

locals {
  router_address = openstack_networking_port_v2.router_main.all_fixed_ips[0]

  # camp.yaml: router, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  router_content = {
    "config.py"        = "e605ed4da85c4eb0f7d79b06aab0c028dfc3bb33eb21a9d74c9bad5325d92cb5"
    "requirements.txt" = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    "router.py"        = "94dc3063da987c2e79932c3f7cefc487c9b38c6390594720b0624e2de6f9b038"
    "shard.py"         = "9e992f1841916c18efcbb881248b36779cbe42c03730d027f8954019adc8bc7c"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  router_files = toset([
    for name in fileset("${path.module}/../../store", "**") : name
    if contains(keys(local.router_content), name) || !can(regex(local.left_out, name))
  ])

  router_environment = {
    PORT             = "27017"                                # Expose
    STORE_CONFIG     = "http://${local.config_address}:27019" # Env
    STORE_SHARDS     = join(",", local.shard_addresses)       # Env
    STORE_SHARD_PORT = "27018"                                # Env
  }
}

resource "openstack_networking_secgroup_v2" "router" {
  name                 = "sharded-router"
  description          = "Tier router of sharded"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: router, Expose
resource "openstack_networking_secgroup_rule_v2" "router_from_anywhere_27017" {
  security_group_id = openstack_networking_secgroup_v2.router.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27017
  port_range_max    = 27017
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: router, Ports
resource "openstack_networking_secgroup_rule_v2" "router_tcp_27017_from_config" {
  security_group_id = openstack_networking_secgroup_v2.router.id
  description       = "TCP 27017 from the tier config"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27017
  port_range_max    = 27017
  remote_group_id   = openstack_networking_secgroup_v2.config.id
}

# camp.yaml: config, Ports
resource "openstack_networking_secgroup_rule_v2" "router_to_config_tcp_27019" {
  security_group_id = openstack_networking_secgroup_v2.router.id
  description       = "TCP 27019 to the tier config"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27019
  port_range_max    = 27019
  remote_group_id   = openstack_networking_secgroup_v2.config.id
}

# camp.yaml: shard, Ports
resource "openstack_networking_secgroup_rule_v2" "router_to_shard_tcp_27018" {
  security_group_id = openstack_networking_secgroup_v2.router.id
  description       = "TCP 27018 to the tier shard"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27018
  port_range_max    = 27018
  remote_group_id   = openstack_networking_secgroup_v2.shard.id
}

resource "openstack_networking_port_v2" "router_main" {
  name       = "sharded-router-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.router.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "router" {
  name        = "sharded-router-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "router" })

  user_data = templatefile("${path.module}/cloud-init/router.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../store"
    content      = local.router_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.router_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.router_main.id
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
      condition = local.router_files != toset(keys(local.router_content)) ? false : alltrue([
        for name, sha256 in local.router_content : filesha256("${path.module}/../../store/${name}") == sha256
      ])
      error_message = "store/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: router, Expose: public
resource "openstack_networking_floatingip_v2" "router" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.router_main.id
  description = "sharded-router-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
