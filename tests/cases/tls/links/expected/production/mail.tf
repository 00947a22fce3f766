# camp.yaml: mail

locals {
  mail_address = openstack_networking_port_v2.mail_main.all_fixed_ips[0]

  # camp.yaml: mail, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  mail_content = {
    "server.js" = "e06e860499f6c0fd2c7738a07ee472ce859408f90b297b7e42eee381935108a9"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  mail_files = toset([
    for name in fileset("${path.module}/../../mail", "**") : name
    if contains(keys(local.mail_content), name) || !can(regex(local.left_out, name))
  ])

  mail_environment = {
    AMQP_CA             = "/etc/parcel/links.pem"                                                               # ConnectTo queue: the CA of its certificate
    AMQP_URL            = "amqps://parcel:${random_password.queue.result}@${local.queue_address}:5671/parcel"   # ConnectTo queue
    DATABASE_CA         = "/etc/parcel/links.pem"                                                               # ConnectTo ledger: the CA of its certificate
    DATABASE_URL        = "mysql://parcel:${random_password.ledger.result}@${local.ledger_address}:3306/parcel" # ConnectTo ledger
    LEDGER_CA           = "/etc/parcel/links.pem"                                                               # ConnectTo ledger: the CA of its certificate
    LEDGER_URL          = "mysql://parcel:${random_password.ledger.result}@${local.ledger_address}:3306/parcel" # ConnectTo ledger
    NODE_EXTRA_CA_CERTS = "/etc/parcel/links.pem"                                                               # The CA of encrypted links
    PORT                = "8080"                                                                                # its default port
    QUEUE_CA            = "/etc/parcel/links.pem"                                                               # ConnectTo queue: the CA of its certificate
    QUEUE_URL           = "amqps://parcel:${random_password.queue.result}@${local.queue_address}:5671/parcel"   # ConnectTo queue
  }
}

resource "openstack_networking_secgroup_v2" "mail" {
  name                 = "parcel-mail"
  description          = "Tier mail of parcel"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: mail, public by default
resource "openstack_networking_secgroup_rule_v2" "mail_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.mail.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# environments/production.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "mail_metrics_9100_from_192_0_2_0_24" {
  security_group_id = openstack_networking_secgroup_v2.mail.id
  description       = "Metrics of the instance from 192.0.2.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9100
  port_range_max    = 9100
  remote_ip_prefix  = "192.0.2.0/24"
}

# camp.yaml: mail, ConnectTo ledger
resource "openstack_networking_secgroup_rule_v2" "mail_to_ledger" {
  security_group_id = openstack_networking_secgroup_v2.mail.id
  description       = "MariaDB to the tier ledger"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3306
  port_range_max    = 3306
  remote_group_id   = openstack_networking_secgroup_v2.ledger.id
}

# camp.yaml: mail, ConnectTo queue
resource "openstack_networking_secgroup_rule_v2" "mail_to_queue" {
  security_group_id = openstack_networking_secgroup_v2.mail.id
  description       = "AMQP to the tier queue"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5671
  port_range_max    = 5671
  remote_group_id   = openstack_networking_secgroup_v2.queue.id
}

resource "openstack_networking_port_v2" "mail_main" {
  name       = "parcel-mail-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.mail.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/production.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "mail" {
  name        = "parcel-mail-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "mail" })

  user_data = templatefile("${path.module}/cloud-init/mail.yaml.tftpl", {
    scripts        = "${path.module}/cloud-init"
    links_ca       = tls_self_signed_cert.links_ca.cert_pem
    content_root   = "${path.module}/../../mail"
    content        = local.mail_content
    ledger_address = local.ledger_address
    queue_address  = local.queue_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.mail_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.mail_main.id
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
      condition = local.mail_files != toset(keys(local.mail_content)) ? false : alltrue([
        for name, sha256 in local.mail_content : filesha256("${path.module}/../../mail/${name}") == sha256
      ])
      error_message = "mail/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: mail, public by default
resource "openstack_networking_floatingip_v2" "mail" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.mail_main.id
  description = "parcel-mail-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
