# camp.yaml: papers

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  papers_machines = { for n in range(1, 3) : "papers-${n}" => n }

  # camp.yaml: papers, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  papers_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  papers_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.papers_content), name) || !can(regex(local.left_out, name))
  ])

  papers_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "papers" {
  name                 = "ledger-papers"
  description          = "Tier papers of ledger"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_secgroup_rule_v2" "papers_to_backup_5000" {
  security_group_id = openstack_networking_secgroup_v2.papers.id
  description       = "To the server of backup"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5000
  port_range_max    = 5000
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_secgroup_rule_v2" "papers_to_backup_8080" {
  security_group_id = openstack_networking_secgroup_v2.papers.id
  description       = "To the server of backup"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "papers_main" {
  for_each = local.papers_machines

  name       = "ledger-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.papers.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: papers, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "papers_papers" {
  for_each = local.papers_machines

  name                 = "ledger-${each.key}-papers"
  size                 = 10
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "papers" })
}

resource "openstack_compute_instance_v2" "papers" {
  for_each = local.papers_machines

  name        = "ledger-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.papers_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "papers" })

  user_data = templatefile("${path.module}/cloud-init/papers.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    volume       = openstack_blockstorage_volume_v3.papers_papers[each.key].id
    content_root = "${path.module}/../../app"
    content      = local.papers_content
    backup_password = coalesce(
      var.companion_backup_password,
      random_password.companion_backup_password.result,
    )
    backup_credential_id     = var.backup_credential_id
    backup_credential_secret = var.backup_credential_secret

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.papers_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.papers_main[each.key].id
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
      condition = local.papers_files != toset(keys(local.papers_content)) ? false : alltrue([
        for name, sha256 in local.papers_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "papers_papers" {
  for_each = local.papers_machines

  instance_id = openstack_compute_instance_v2.papers[each.key].id
  volume_id   = openstack_blockstorage_volume_v3.papers_papers[each.key].id
}
