# camp.yaml: ledger

locals {
  ledger_address = openstack_networking_port_v2.ledger_main.all_fixed_ips[0]
}

# The password of ledger. Letters and digits are safe in a URL without encoding.
resource "random_password" "ledger" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "ledger" {
  name                 = "gauged-ledger"
  description          = "Tier ledger of gauged"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: desk, ConnectTo ledger
resource "openstack_networking_secgroup_rule_v2" "ledger_from_desk" {
  security_group_id = openstack_networking_secgroup_v2.ledger.id
  description       = "PostgreSQL from the tier desk"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.desk.id
}

# environments/one.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "ledger_metrics_9100_from_198_51_100_7_32" {
  security_group_id = openstack_networking_secgroup_v2.ledger.id
  description       = "Metrics of the instance from 198.51.100.7/32"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9100
  port_range_max    = 9100
  remote_ip_prefix  = "198.51.100.7/32"
}

# environments/one.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "ledger_metrics_ledger_9187_from_198_51_100_7_32" {
  security_group_id = openstack_networking_secgroup_v2.ledger.id
  description       = "Metrics of PostgreSQL from 198.51.100.7/32"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9187
  port_range_max    = 9187
  remote_ip_prefix  = "198.51.100.7/32"
}

resource "openstack_networking_port_v2" "ledger_main" {
  name       = "gauged-ledger-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.ledger.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "ledger" {
  name        = "gauged-ledger-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.ledger_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "ledger" })

  user_data = templatefile("${path.module}/cloud-init/ledger.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    address  = local.ledger_address
    password = random_password.ledger.result
    clients  = openstack_networking_subnet_v2.main.cidr
  })

  network {
    port = openstack_networking_port_v2.ledger_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/one.yaml, or a list without ledger.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
