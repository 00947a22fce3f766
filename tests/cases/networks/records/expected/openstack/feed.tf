# camp.yaml: feed

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  feed_machines = { for n in range(1, var.feed_count + 1) : "feed-${n}" => n }

  # camp.yaml: feed, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  feed_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  feed_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.feed_content), name) || !can(regex(local.left_out, name))
  ])

  feed_environment = {
    PORT = "8080" # its default port
  }

  # All instances of the tier have the same user data.
  feed_user_data = templatefile("${path.module}/cloud-init/feed.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.feed_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.feed_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "feed" {
  name                 = "records-feed"
  description          = "Tier feed of records"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: feed, Expose
resource "openstack_networking_secgroup_rule_v2" "feed_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.feed.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "feed_main" {
  for_each = local.feed_machines

  name       = "records-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.feed.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "feed" {
  for_each = local.feed_machines

  name        = "records-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.feed_user_data
  metadata    = merge(local.metadata, { tier = "feed" })

  network {
    port = openstack_networking_port_v2.feed_main[each.key].id
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
      condition = local.feed_files != toset(keys(local.feed_content)) ? false : alltrue([
        for name, sha256 in local.feed_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: feed, Expose: public
resource "openstack_networking_floatingip_v2" "feed" {
  for_each = local.feed_machines

  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.feed_main[each.key].id
  description = "records-${each.key}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}

# camp.yaml: feed, Expose: hosts
resource "openstack_dns_recordset_v2" "any_feed_records_example" {
  zone_id = data.openstack_dns_zone_v2.main.id
  name    = "*.feed.records.example."
  type    = "A"
  ttl     = 300
  records = [for floating in openstack_networking_floatingip_v2.feed : floating.address]
}

# camp.yaml: feed, Expose: hosts
resource "openstack_dns_recordset_v2" "feed_records_example" {
  zone_id = data.openstack_dns_zone_v2.main.id
  name    = "feed.records.example."
  type    = "A"
  ttl     = 300
  records = [for floating in openstack_networking_floatingip_v2.feed : floating.address]
}
