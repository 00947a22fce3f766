# camp.yaml: orders

locals {
  orders_address = openstack_networking_port_v2.orders_main.all_fixed_ips[0]
}

# The password of orders. Letters and digits are safe in a URL without encoding.
resource "random_password" "orders" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "orders" {
  name                 = "ledger-orders"
  description          = "Tier orders of ledger"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: desk, ConnectTo orders
resource "openstack_networking_secgroup_rule_v2" "orders_from_desk" {
  security_group_id = openstack_networking_secgroup_v2.orders.id
  description       = "MariaDB from the tier desk"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3306
  port_range_max    = 3306
  remote_group_id   = openstack_networking_secgroup_v2.desk.id
}

resource "openstack_networking_secgroup_rule_v2" "orders_to_backup_5000" {
  security_group_id = openstack_networking_secgroup_v2.orders.id
  description       = "To the server of backup"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5000
  port_range_max    = 5000
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_secgroup_rule_v2" "orders_to_backup_8080" {
  security_group_id = openstack_networking_secgroup_v2.orders.id
  description       = "To the server of backup"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "orders_main" {
  name       = "ledger-orders-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.orders.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "orders" {
  name        = "ledger-orders-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.orders_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "orders" })

  user_data = templatefile("${path.module}/cloud-init/orders.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    address  = local.orders_address
    password = random_password.orders.result
    clients  = openstack_networking_subnet_v2.main.cidr
    backup_password = coalesce(
      var.companion_backup_password,
      random_password.companion_backup_password.result,
    )
    backup_credential_id     = var.backup_credential_id
    backup_credential_secret = var.backup_credential_secret
  })

  network {
    port = openstack_networking_port_v2.orders_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/swift.yaml, or a list without orders.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
