# camp.yaml: worker

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  worker_machines = { for n in range(1, var.worker_count + 1) : "worker-${n}" => n }

  # Ports for the largest scale. Other instances use their addresses, so scaling must not change them.
  worker_slots     = { for n in range(1, 4) : "worker-${n}" => n }
  worker_addresses = [for n in range(1, 4) : openstack_networking_port_v2.worker_main["worker-${n}"].all_fixed_ips[0]]

  # camp.yaml: worker, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  worker_content = {
    "worker.py" = "b56dc3fa56ccdd334f6d0e78812517ca9326ddd10bc95b36a69fe6417271a9dd"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  worker_files = toset([
    for name in fileset("${path.module}/../../worker", "**") : name
    if contains(keys(local.worker_content), name) || !can(regex(local.left_out, name))
  ])

  worker_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "worker" {
  name                 = "elastic-worker"
  description          = "Tier worker of elastic"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: worker, Ports
resource "openstack_networking_secgroup_rule_v2" "worker_tcp_9000_from_web" {
  security_group_id = openstack_networking_secgroup_v2.worker.id
  description       = "TCP 9000 from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9000
  port_range_max    = 9000
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

resource "openstack_networking_port_v2" "worker_main" {
  for_each = local.worker_slots

  name       = "elastic-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.worker.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: worker, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "worker_spool" {
  for_each = local.worker_machines

  name                 = "elastic-${each.key}-spool"
  size                 = 1
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "worker" })
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "worker" {
  for_each = local.worker_machines

  name        = "elastic-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "worker" })

  user_data = templatefile("${path.module}/cloud-init/worker.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    volume       = openstack_blockstorage_volume_v3.worker_spool[each.key].id
    content_root = "${path.module}/../../worker"
    content      = local.worker_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.worker_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.worker_main[each.key].id
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
      condition = local.worker_files != toset(keys(local.worker_content)) ? false : alltrue([
        for name, sha256 in local.worker_content : filesha256("${path.module}/../../worker/${name}") == sha256
      ])
      error_message = "worker/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "worker_spool" {
  for_each = local.worker_machines

  instance_id = openstack_compute_instance_v2.worker[each.key].id
  volume_id   = openstack_blockstorage_volume_v3.worker_spool[each.key].id
}
