# camp.yaml: entries

locals {
  entries_address = openstack_networking_port_v2.entries_main.all_fixed_ips[0]
}

# The password of entries. Letters and digits are safe in a URL without encoding.
resource "random_password" "entries" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "entries" {
  name                 = "ledger-entries"
  description          = "Tier entries of ledger"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: desk, ConnectTo entries
resource "openstack_networking_secgroup_rule_v2" "entries_from_desk" {
  security_group_id = openstack_networking_secgroup_v2.entries.id
  description       = "PostgreSQL from the tier desk"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.desk.id
}

resource "openstack_networking_secgroup_rule_v2" "entries_to_backup_5000" {
  security_group_id = openstack_networking_secgroup_v2.entries.id
  description       = "To the server of backup"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5000
  port_range_max    = 5000
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_secgroup_rule_v2" "entries_to_backup_8080" {
  security_group_id = openstack_networking_secgroup_v2.entries.id
  description       = "To the server of backup"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "entries_main" {
  name       = "ledger-entries-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.entries.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: entries, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "entries_data" {
  name                 = "ledger-entries-1-data"
  size                 = 10
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "entries" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/swift.yaml, or a list without entries.
    prevent_destroy = true
  }
}

resource "openstack_compute_instance_v2" "entries" {
  name        = "ledger-entries-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.entries_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "entries" })

  user_data = templatefile("${path.module}/cloud-init/entries.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    volume   = openstack_blockstorage_volume_v3.entries_data.id
    address  = local.entries_address
    password = random_password.entries.result
    clients  = openstack_networking_subnet_v2.main.cidr
    backup_password = coalesce(
      var.companion_backup_password,
      random_password.companion_backup_password.result,
    )
    backup_credential_id     = var.backup_credential_id
    backup_credential_secret = var.backup_credential_secret
  })

  network {
    port = openstack_networking_port_v2.entries_main.id
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

resource "openstack_compute_volume_attach_v2" "entries_data" {
  instance_id = openstack_compute_instance_v2.entries.id
  volume_id   = openstack_blockstorage_volume_v3.entries_data.id
}
