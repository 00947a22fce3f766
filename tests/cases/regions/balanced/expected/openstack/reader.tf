# camp.yaml: reader

locals {
  # Machine => its number. Keys are stable: a machine that comes or goes leaves the others alone.
  reader_machines = { for n in range(1, var.reader_count + 1) : "reader-${n}" => n }

  # camp.yaml: reader, content: file => its SHA-256 when this was generated.
  # A changed line here means new machines; the machines compare what they received.
  reader_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # What is there: of files that were not compiled, those that would be content.
  reader_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.reader_content), name) || !can(regex(local.left_out, name))
  ])

  reader_environment = {
    FAR_URL   = "redis://:${random_password.far.result}@${openstack_networking_floatingip_v2.far.address}:6379" # ConnectTo far
    PORT      = "8080"                                                                                          # where it listens
    REDIS_URL = "redis://:${random_password.far.result}@${openstack_networking_floatingip_v2.far.address}:6379" # ConnectTo far
  }

  # One document for the whole tier: nothing in it differs from machine to machine.
  reader_user_data = templatefile("${path.module}/cloud-init/reader.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.reader_content
    far_address  = openstack_networking_floatingip_v2.far.address

    # For systemd's EnvironmentFile: between double quotes only " \ $ and ` need a backslash.
    environment = join("", [
      for name, value in local.reader_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "reader" {
  name                 = "far-balance-reader"
  description          = "Tier reader of far-balance"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: reader, ConnectTo far
resource "openstack_networking_secgroup_rule_v2" "reader_to_far" {
  security_group_id = openstack_networking_secgroup_v2.reader.id
  description       = "Redis of far, by the balancer"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_ip_prefix  = "${openstack_networking_floatingip_v2.far.address}/32"
}

resource "openstack_networking_port_v2" "reader_main" {
  for_each = local.reader_machines

  name       = "far-balance-${each.key}-main"
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

# Flavor by environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "reader" {
  for_each = local.reader_machines

  name        = "far-balance-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.reader_user_data
  metadata    = merge(local.metadata, { tier = "reader" })

  network {
    port = openstack_networking_port_v2.reader_main[each.key].id
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
      condition = local.reader_files != toset(keys(local.reader_content)) ? false : alltrue([
        for name, sha256 in local.reader_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
