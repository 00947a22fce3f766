# camp.yaml: web

locals {
  web_address = openstack_networking_port_v2.web_main.all_fixed_ips[0]

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    DATABASE_URL   = "postgresql://shop:${replace(urlencode(var.ledger_password), "+", "%20")}@ledger.example.org/ledger?sslmode=require" # ConnectTo ledger
    DIRECTORY_HOST = "10.1.2.3"                                                                                                           # ConnectTo directory
    DIRECTORY_PORT = "636"                                                                                                                # ConnectTo directory
    DIRECTORY_URL  = "ldaps://10.1.2.3"                                                                                                   # ConnectTo directory
    LEDGER_URL     = "postgresql://shop:${replace(urlencode(var.ledger_password), "+", "%20")}@ledger.example.org/ledger?sslmode=require" # ConnectTo ledger
    MAIL_HOST      = "mail.example.org"                                                                                                   # ConnectTo mail
    MAIL_PASSWORD  = var.mail_password                                                                                                    # ConnectTo mail
    MAIL_PORT      = "587"                                                                                                                # ConnectTo mail
    MAIL_URL       = "smtp://shop%40example.org:${replace(urlencode(var.mail_password), "+", "%20")}@mail.example.org:587"                # ConnectTo mail
    MAIL_USER      = "shop@example.org"                                                                                                   # ConnectTo mail
    PAYMENTS_HOST  = "api.example.org"                                                                                                    # ConnectTo payments
    PAYMENTS_PORT  = "443"                                                                                                                # ConnectTo payments
    PAYMENTS_URL   = "https://api.example.org/v1"                                                                                         # ConnectTo payments
    PORT           = "8080"                                                                                                               # its default port
    SEARCH_HOST    = "search.example.org"                                                                                                 # ConnectTo search
    SEARCH_PORT    = "8983"                                                                                                               # ConnectTo search
    SEARCH_URL     = "solr://search.example.org:8983/shop"                                                                                # ConnectTo search
  }
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "schemes-web"
  description          = "Tier web of schemes"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, public by default
resource "openstack_networking_secgroup_rule_v2" "web_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: web, ConnectTo directory
resource "openstack_networking_secgroup_rule_v2" "web_to_directory" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "LDAPS to directory, outside this module"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 636
  port_range_max    = 636
  remote_ip_prefix  = "10.1.2.3/32"
}

# camp.yaml: web, ConnectTo ledger
resource "openstack_networking_secgroup_rule_v2" "web_to_ledger" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "PostgreSQL to ledger, outside this module"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: web, ConnectTo mail
resource "openstack_networking_secgroup_rule_v2" "web_to_mail" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "SMTP to mail, outside this module"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 587
  port_range_max    = 587
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: web, ConnectTo search
resource "openstack_networking_secgroup_rule_v2" "web_to_search" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "SOLR to search, outside this module"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8983
  port_range_max    = 8983
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "web_main" {
  name       = "schemes-web-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.web.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  name        = "schemes-web-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "web" })

  user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.web_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.web_main.id
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
      condition = local.web_files != toset(keys(local.web_content)) ? false : alltrue([
        for name, sha256 in local.web_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: web, public by default
resource "openstack_networking_floatingip_v2" "web" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.web_main.id
  description = "schemes-web-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
