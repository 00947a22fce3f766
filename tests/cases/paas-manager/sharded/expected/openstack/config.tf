# camp.yaml: config

locals {
  config_address = openstack_networking_port_v2.config_main.all_fixed_ips[0]

  # camp.yaml: config, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  config_content = {
    "config.py"        = "e605ed4da85c4eb0f7d79b06aab0c028dfc3bb33eb21a9d74c9bad5325d92cb5"
    "requirements.txt" = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    "router.py"        = "94dc3063da987c2e79932c3f7cefc487c9b38c6390594720b0624e2de6f9b038"
    "shard.py"         = "9e992f1841916c18efcbb881248b36779cbe42c03730d027f8954019adc8bc7c"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  config_files = toset([
    for name in fileset("${path.module}/../../store", "**") : name
    if contains(keys(local.config_content), name) || !can(regex(local.left_out, name))
  ])

  config_environment = {
    PORT          = "27019"              # Expose
    STORE_ROUTERS = local.router_address # Env
  }
}

resource "openstack_networking_secgroup_v2" "config" {
  name                 = "sharded-config"
  description          = "Tier config of sharded"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: config, Ports
resource "openstack_networking_secgroup_rule_v2" "config_tcp_27019_from_router" {
  security_group_id = openstack_networking_secgroup_v2.config.id
  description       = "TCP 27019 from the tier router"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27019
  port_range_max    = 27019
  remote_group_id   = openstack_networking_secgroup_v2.router.id
}

# camp.yaml: config, Ports
resource "openstack_networking_secgroup_rule_v2" "config_tcp_27019_from_shard" {
  security_group_id = openstack_networking_secgroup_v2.config.id
  description       = "TCP 27019 from the tier shard"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27019
  port_range_max    = 27019
  remote_group_id   = openstack_networking_secgroup_v2.shard.id
}

# camp.yaml: router, Ports
resource "openstack_networking_secgroup_rule_v2" "config_to_router_tcp_27017" {
  security_group_id = openstack_networking_secgroup_v2.config.id
  description       = "TCP 27017 to the tier router"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27017
  port_range_max    = 27017
  remote_group_id   = openstack_networking_secgroup_v2.router.id
}

resource "openstack_networking_port_v2" "config_main" {
  name       = "sharded-config-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.config.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "config" {
  name        = "sharded-config-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "config" })

  user_data = templatefile("${path.module}/cloud-init/config.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../store"
    content      = local.config_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.config_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.config_main.id
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
      condition = local.config_files != toset(keys(local.config_content)) ? false : alltrue([
        for name, sha256 in local.config_content : filesha256("${path.module}/../../store/${name}") == sha256
      ])
      error_message = "store/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
