# camp.yaml: sessions

locals {
  sessions_address = openstack_networking_port_v2.sessions_main.all_fixed_ips[0]
}

# The password of sessions. Letters and digits are safe in a URL without encoding.
resource "random_password" "sessions" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "sessions" {
  name                 = "ledger-sessions"
  description          = "Tier sessions of ledger"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: desk, ConnectTo sessions
resource "openstack_networking_secgroup_rule_v2" "sessions_from_desk" {
  security_group_id = openstack_networking_secgroup_v2.sessions.id
  description       = "Redis from the tier desk"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.desk.id
}

resource "openstack_networking_secgroup_rule_v2" "sessions_to_backup_5000" {
  security_group_id = openstack_networking_secgroup_v2.sessions.id
  description       = "To the server of backup"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5000
  port_range_max    = 5000
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_secgroup_rule_v2" "sessions_to_backup_8080" {
  security_group_id = openstack_networking_secgroup_v2.sessions.id
  description       = "To the server of backup"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "sessions_main" {
  name       = "ledger-sessions-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.sessions.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: sessions, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "sessions_data" {
  name                 = "ledger-sessions-1-data"
  size                 = 1
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "sessions" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/swift.yaml, or a list without sessions.
    prevent_destroy = true
  }
}

resource "openstack_compute_instance_v2" "sessions" {
  name        = "ledger-sessions-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.sessions_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "sessions" })

  user_data = templatefile("${path.module}/cloud-init/sessions.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    volume   = openstack_blockstorage_volume_v3.sessions_data.id
    address  = local.sessions_address
    password = random_password.sessions.result
    backup_password = coalesce(
      var.companion_backup_password,
      random_password.companion_backup_password.result,
    )
    backup_credential_id     = var.backup_credential_id
    backup_credential_secret = var.backup_credential_secret
  })

  network {
    port = openstack_networking_port_v2.sessions_main.id
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

resource "openstack_compute_volume_attach_v2" "sessions_data" {
  instance_id = openstack_compute_instance_v2.sessions.id
  volume_id   = openstack_blockstorage_volume_v3.sessions_data.id
}
