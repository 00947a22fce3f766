# camp.yaml: background

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  background_machines = { for n in range(1, var.background_count + 1) : "background-${n}" => n }

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_background_content = {
    "clock.py"   = "876ea2890f40d10a98b836b200afc1211b77c490b64e2f2c496615e8a0fbb8ae"
    "letters.py" = "6d9018b9a0d8e0ed06c41b4112a563f746e687d6abf3c521a58b1bf8ff62a526"
    "migrate.py" = "44620fcba7e79fa0088363c0b098f1cfb4801b95fb59c74776b43a3636f8987c"
    "worker.py"  = "cbf3a454484ae1e6bc97fd7effd59783f66398ac20c40a8bfb47d42b8b0da7f4"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_background_files = toset([
    for name in fileset("${path.module}/../../web", "**") : name
    if contains(keys(local.web_background_content), name) || !can(regex(local.left_out, name))
  ])

  web_background_environment = {
    DATABASE_URL = "postgresql://letters:${random_password.database.result}@${local.database_address}:5432/letters" # ConnectTo database
    LEVEL        = "info"                                                                                           # Env
    PORT         = "8080"                                                                                           # Expose
  }
}

# environments/openstack.yaml: tiers: background: size; camp.yaml: background, Compute
data "openstack_compute_flavor_v2" "background" {
  name = "m1.large"

  lifecycle {
    postcondition {
      condition     = try(self.vcpus >= 2 && self.ram >= 4096, true)
      error_message = "The plan requires 2 cores and 4 GiB of memory for the tier background (camp.yaml: background, Compute)."
    }
  }
}

resource "openstack_networking_secgroup_v2" "background" {
  name                 = "letters-background"
  description          = "Tier background of letters"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "background_to_database" {
  security_group_id = openstack_networking_secgroup_v2.background.id
  description       = "PostgreSQL to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

# camp.yaml: background, Placement: networks
resource "openstack_networking_port_v2" "background_front" {
  for_each = local.background_machines

  name       = "letters-${each.key}-front"
  network_id = openstack_networking_network_v2.front.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.background.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.front.id
  }
}

resource "openstack_networking_port_v2" "background_back" {
  for_each = local.background_machines

  name       = "letters-${each.key}-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.background.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# camp.yaml: web, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "background_drafts" {
  for_each = local.background_machines

  name                 = "letters-${each.key}-drafts"
  size                 = 2
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "background" })
}

resource "openstack_compute_instance_v2" "background" {
  for_each = local.background_machines

  name                    = "letters-${each.key}"
  image_id                = data.openstack_images_image_v2.machine.id
  flavor_name             = data.openstack_compute_flavor_v2.background.name
  key_pair                = var.key_pair
  availability_zone_hints = "nova"
  metadata                = merge(local.metadata, { tier = "background" })

  user_data = templatefile("${path.module}/cloud-init/background.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    volume           = openstack_blockstorage_volume_v3.background_drafts[each.key].id
    content_root     = "${path.module}/../../web"
    content          = local.web_background_content
    database_address = local.database_address
    gateway          = openstack_networking_subnet_v2.front.gateway_ip

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_background_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.background_front[each.key].id
  }
  network {
    port = openstack_networking_port_v2.background_back[each.key].id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.front]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]

    precondition {
      condition = local.web_background_files != toset(keys(local.web_background_content)) ? false : alltrue([
        for name, sha256 in local.web_background_content : filesha256("${path.module}/../../web/${name}") == sha256
      ])
      error_message = "web/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "background_drafts" {
  for_each = local.background_machines

  instance_id = openstack_compute_instance_v2.background[each.key].id
  volume_id   = openstack_blockstorage_volume_v3.background_drafts[each.key].id
}
