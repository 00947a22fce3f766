# camp.yaml: reader

locals {
  reader_address = openstack_networking_port_v2.reader_main_regiontwo.all_fixed_ips[0]

  # camp.yaml: reader, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  reader_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  reader_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.reader_content), name) || !can(regex(local.left_out, name))
  ])

  reader_environment = {
    DATABASE_URL = "postgresql://two-shores:${random_password.stock.result}@${local.stock_address}:5432/two-shores" # ConnectTo stock
    PORT         = "8080"                                                                                           # its default port
    SHORES       = join(",", local.web_floating_addresses)                                                          # Env
    STOCK_URL    = "postgresql://two-shores:${random_password.stock.result}@${local.stock_address}:5432/two-shores" # ConnectTo stock
  }
}

resource "openstack_networking_secgroup_v2" "reader" {
  provider = openstack.regiontwo

  name                 = "two-shores-reader"
  description          = "Tier reader of two-shores"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: reader, ConnectTo stock
resource "openstack_networking_secgroup_rule_v2" "reader_to_stock" {
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.reader.id
  description       = "PostgreSQL to the tier stock"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.stock.id
}

# camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "reader_to_web_tcp_8080" {
  for_each = local.web_slots
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.reader.id
  description       = "TCP 8080 to the tier web"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "${openstack_networking_floatingip_v2.web[each.key].address}/32"
}

resource "openstack_networking_port_v2" "reader_main_regiontwo" {
  provider = openstack.regiontwo

  name       = "two-shores-reader-1-main"
  network_id = openstack_networking_network_v2.main_regiontwo.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine_regiontwo.id,
    openstack_networking_secgroup_v2.reader.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main_regiontwo.id
  }
}

# Flavor from environments/openstack.yaml: tiers: reader: size.
resource "openstack_compute_instance_v2" "reader" {
  provider = openstack.regiontwo

  name        = "two-shores-reader-1"
  image_id    = data.openstack_images_image_v2.machine_regiontwo.id
  flavor_name = "m1.small"
  key_pair    = openstack_compute_keypair_v2.machine_regiontwo.name
  metadata    = merge(local.metadata, { tier = "reader", region = "RegionTwo" })

  user_data = templatefile("${path.module}/cloud-init/reader.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    content_root  = "${path.module}/../../app"
    content       = local.reader_content
    stock_address = local.stock_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.reader_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.reader_main_regiontwo.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main_regiontwo]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]

    precondition {
      condition = local.reader_files != toset(keys(local.reader_content)) ? false : alltrue([
        for name, sha256 in local.reader_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
