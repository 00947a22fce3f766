# camp.yaml: notes

locals {
  notes_address = openstack_networking_port_v2.notes_main.all_fixed_ips[0]
}

# The password of notes. Letters and digits are safe in a URL without encoding.
resource "random_password" "notes" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "notes" {
  name                 = "board-next-notes"
  description          = "Tier notes of board-next"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: board, ConnectTo notes
resource "openstack_networking_secgroup_rule_v2" "notes_from_board" {
  security_group_id = openstack_networking_secgroup_v2.notes.id
  description       = "Redis from the tier board"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.board.id
}

resource "openstack_networking_port_v2" "notes_main" {
  name       = "board-next-notes-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.notes.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: notes, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "notes_data" {
  name                 = "board-next-notes-1-data"
  size                 = 10
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "notes" })
}

# Flavor from environments/openstack-next.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "notes" {
  name        = "board-next-notes-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "notes" })

  user_data = templatefile("${path.module}/cloud-init/notes.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    volume   = openstack_blockstorage_volume_v3.notes_data.id
    address  = local.notes_address
    password = random_password.notes.result
  })

  network {
    port = openstack_networking_port_v2.notes_main.id
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
  }
}

resource "openstack_compute_volume_attach_v2" "notes_data" {
  instance_id = openstack_compute_instance_v2.notes.id
  volume_id   = openstack_blockstorage_volume_v3.notes_data.id
}
