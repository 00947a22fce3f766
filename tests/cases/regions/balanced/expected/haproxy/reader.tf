# camp.yaml: reader

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  reader_machines = { for n in range(1, var.reader_count + 1) : "reader-${n}" => n }

  # camp.yaml: reader, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  reader_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  reader_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.reader_content), name) || !can(regex(local.left_out, name))
  ])

  reader_environment = {
    FAR_URL   = "redis://:${random_password.far.result}@${local.far_balancer_floating_address}:6379" # ConnectTo far
    PORT      = "8080"                                                                               # its default port
    REDIS_URL = "redis://:${random_password.far.result}@${local.far_balancer_floating_address}:6379" # ConnectTo far
  }

  # All instances of the tier have the same user data.
  reader_user_data = templatefile("${path.module}/cloud-init/reader.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.reader_content
    far_address  = local.far_balancer_floating_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.reader_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "reader" {
  name                 = "far-machines-reader"
  description          = "Tier reader of far-machines"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: reader, ConnectTo far
resource "openstack_networking_secgroup_rule_v2" "reader_to_far" {
  security_group_id = openstack_networking_secgroup_v2.reader.id
  description       = "Redis to the tier far-balancer"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_ip_prefix  = "${openstack_networking_floatingip_v2.far_balancer.address}/32"
}

resource "openstack_networking_port_v2" "reader_main" {
  for_each = local.reader_machines

  name       = "far-machines-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.reader.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/haproxy.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "reader" {
  for_each = local.reader_machines

  name        = "far-machines-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.reader_user_data
  metadata    = merge(local.metadata, { tier = "reader" })

  network {
    port = openstack_networking_port_v2.reader_main[each.key].id
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
      condition = local.reader_files != toset(keys(local.reader_content)) ? false : alltrue([
        for name, sha256 in local.reader_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
