# camp.yaml: shard

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  shard_machines = { for n in range(1, var.shard_count + 1) : "shard-${n}" => n }

  # Ports for the largest scale. Other instances use their addresses, so scaling must not change them.
  shard_slots     = { for n in range(1, 4) : "shard-${n}" => n }
  shard_addresses = [for n in range(1, 4) : openstack_networking_port_v2.shard_main["shard-${n}"].all_fixed_ips[0]]

  # camp.yaml: shard, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  shard_content = {
    "config.py"        = "e605ed4da85c4eb0f7d79b06aab0c028dfc3bb33eb21a9d74c9bad5325d92cb5"
    "requirements.txt" = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    "router.py"        = "94dc3063da987c2e79932c3f7cefc487c9b38c6390594720b0624e2de6f9b038"
    "shard.py"         = "9e992f1841916c18efcbb881248b36779cbe42c03730d027f8954019adc8bc7c"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  shard_files = toset([
    for name in fileset("${path.module}/../../store", "**") : name
    if contains(keys(local.shard_content), name) || !can(regex(local.left_out, name))
  ])

  shard_environment = {
    PORT         = "27018"                                # Expose
    STORE_CONFIG = "http://${local.config_address}:27019" # Env
  }
}

resource "openstack_networking_secgroup_v2" "shard" {
  name                 = "sharded-shard"
  description          = "Tier shard of sharded"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: shard, Ports
resource "openstack_networking_secgroup_rule_v2" "shard_tcp_27018_from_router" {
  security_group_id = openstack_networking_secgroup_v2.shard.id
  description       = "TCP 27018 from the tier router"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27018
  port_range_max    = 27018
  remote_group_id   = openstack_networking_secgroup_v2.router.id
}

# camp.yaml: config, Ports
resource "openstack_networking_secgroup_rule_v2" "shard_to_config_tcp_27019" {
  security_group_id = openstack_networking_secgroup_v2.shard.id
  description       = "TCP 27019 to the tier config"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27019
  port_range_max    = 27019
  remote_group_id   = openstack_networking_secgroup_v2.config.id
}

resource "openstack_networking_port_v2" "shard_main" {
  for_each = local.shard_slots

  name       = "sharded-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.shard.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: shard, Placement: spread
resource "openstack_compute_servergroup_v2" "shard" {
  name     = "sharded-shard"
  policies = ["anti-affinity"]
}

# camp.yaml: shard, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "shard_part" {
  for_each = local.shard_machines

  name                 = "sharded-${each.key}-part"
  size                 = 1
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "shard" })
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "shard" {
  for_each = local.shard_machines

  name        = "sharded-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "shard" })

  user_data = templatefile("${path.module}/cloud-init/shard.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    volume       = openstack_blockstorage_volume_v3.shard_part[each.key].id
    content_root = "${path.module}/../../store"
    content      = local.shard_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.shard_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.shard_main[each.key].id
  }

  scheduler_hints {
    group = openstack_compute_servergroup_v2.shard.id
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
      condition = local.shard_files != toset(keys(local.shard_content)) ? false : alltrue([
        for name, sha256 in local.shard_content : filesha256("${path.module}/../../store/${name}") == sha256
      ])
      error_message = "store/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "shard_part" {
  for_each = local.shard_machines

  instance_id = openstack_compute_instance_v2.shard[each.key].id
  volume_id   = openstack_blockstorage_volume_v3.shard_part[each.key].id
}
