# camp.yaml: ledger

locals {
  ledger_address = openstack_networking_port_v2.ledger_main.all_fixed_ips[0]
}

# The password of ledger. Letters and digits are safe in a URL without encoding.
resource "random_password" "ledger" {
  length  = 32
  special = false
}

# The key with which ledger identifies itself to its clients.
resource "tls_private_key" "ledger_link" {
  algorithm   = "ECDSA"
  ecdsa_curve = "P256"
}

# The addresses by which clients connect. Older clients compare them with DNS names.
resource "tls_cert_request" "ledger_link" {
  private_key_pem = tls_private_key.ledger_link.private_key_pem
  dns_names       = ["localhost", "127.0.0.1", local.ledger_address]
  ip_addresses    = ["127.0.0.1", local.ledger_address]

  subject {
    common_name = "ledger"
  }
}

resource "tls_locally_signed_cert" "ledger_link" {
  cert_request_pem   = tls_cert_request.ledger_link.cert_request_pem
  ca_private_key_pem = tls_private_key.links_ca.private_key_pem
  ca_cert_pem        = tls_self_signed_cert.links_ca.cert_pem
  set_subject_key_id = true
  allowed_uses       = ["digital_signature", "server_auth"]

  # Ten years: a new certificate is new user data, which replaces instances.
  validity_period_hours = 87600
  early_renewal_hours   = 0
}

resource "openstack_networking_secgroup_v2" "ledger" {
  name                 = "parcel-ledger"
  description          = "Tier ledger of parcel"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: mail, ConnectTo ledger
resource "openstack_networking_secgroup_rule_v2" "ledger_from_mail" {
  security_group_id = openstack_networking_secgroup_v2.ledger.id
  description       = "MariaDB from the tier mail"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3306
  port_range_max    = 3306
  remote_group_id   = openstack_networking_secgroup_v2.mail.id
}

# environments/production.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "ledger_metrics_9100_from_192_0_2_0_24" {
  security_group_id = openstack_networking_secgroup_v2.ledger.id
  description       = "Metrics of the instance from 192.0.2.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9100
  port_range_max    = 9100
  remote_ip_prefix  = "192.0.2.0/24"
}

# environments/production.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "ledger_metrics_ledger_9104_from_192_0_2_0_24" {
  security_group_id = openstack_networking_secgroup_v2.ledger.id
  description       = "Metrics of MariaDB from 192.0.2.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9104
  port_range_max    = 9104
  remote_ip_prefix  = "192.0.2.0/24"
}

resource "openstack_networking_port_v2" "ledger_main" {
  name       = "parcel-ledger-1-main"
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

# Flavor from environments/production.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "ledger" {
  name        = "parcel-ledger-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "ledger" })

  user_data = templatefile("${path.module}/cloud-init/ledger.yaml.tftpl", {
    scripts           = "${path.module}/cloud-init"
    links_ca          = tls_self_signed_cert.links_ca.cert_pem
    address           = local.ledger_address
    password          = random_password.ledger.result
    links_certificate = tls_locally_signed_cert.ledger_link.cert_pem
    links_key         = tls_private_key.ledger_link.private_key_pem
    clients           = openstack_networking_subnet_v2.main.cidr
  })

  network {
    port = openstack_networking_port_v2.ledger_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/production.yaml, or a list without ledger.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
