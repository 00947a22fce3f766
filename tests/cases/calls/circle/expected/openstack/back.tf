# camp.yaml: back

locals {
  back_address = openstack_networking_port_v2.back_main.all_fixed_ips[0]

  # camp.yaml: stock, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  stock_content = {
    "stock.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  stock_files = toset([
    for name in fileset("${path.module}/../../stock", "**") : name
    if contains(keys(local.stock_content), name) || !can(regex(local.left_out, name))
  ])

  stock_environment = {
    JOURNAL_HOST = "127.0.0.1"                         # ConnectTo journal
    JOURNAL_PORT = "8090"                              # ConnectTo journal
    JOURNAL_URL  = "http://127.0.0.1:8090"             # ConnectTo journal
    PORT         = "8080"                              # its default port
    SHOP_HOST    = local.shop_address                  # ConnectTo shop
    SHOP_PORT    = "8080"                              # ConnectTo shop
    SHOP_URL     = "http://${local.shop_address}:8080" # ConnectTo shop
  }

  # camp.yaml: audit, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  audit_content = {
    "audit.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  audit_files = toset([
    for name in fileset("${path.module}/../../audit", "**") : name
    if contains(keys(local.audit_content), name) || !can(regex(local.left_out, name))
  ])

  audit_environment = {
    PORT = "8090" # Expose
  }
}

resource "openstack_networking_secgroup_v2" "back" {
  name                 = "circle-back"
  description          = "Tier back of circle"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: shop, ConnectTo stock
resource "openstack_networking_secgroup_rule_v2" "stock_from_shop" {
  security_group_id = openstack_networking_secgroup_v2.back.id
  description       = "Calls from the tier shop"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.shop.id
}

# camp.yaml: stock, ConnectTo shop
resource "openstack_networking_secgroup_rule_v2" "back_to_shop" {
  security_group_id = openstack_networking_secgroup_v2.back.id
  description       = "Calls to the tier shop"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.shop.id
}

resource "openstack_networking_port_v2" "back_main" {
  name       = "circle-back-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.back.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "back" {
  name        = "circle-back-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.back_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "back" })

  user_data = templatefile("${path.module}/cloud-init/back.yaml.tftpl", {
    scripts            = "${path.module}/cloud-init"
    stock_content_root = "${path.module}/../../stock"
    stock_content      = local.stock_content
    audit_content_root = "${path.module}/../../audit"
    audit_content      = local.audit_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    stock_environment = join("", [
      for name, value in local.stock_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    audit_environment = join("", [
      for name, value in local.audit_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.back_main.id
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
      condition = local.stock_files != toset(keys(local.stock_content)) ? false : alltrue([
        for name, sha256 in local.stock_content : filesha256("${path.module}/../../stock/${name}") == sha256
      ])
      error_message = "stock/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
    precondition {
      condition = local.audit_files != toset(keys(local.audit_content)) ? false : alltrue([
        for name, sha256 in local.audit_content : filesha256("${path.module}/../../audit/${name}") == sha256
      ])
      error_message = "audit/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
