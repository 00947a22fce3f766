# camp.yaml: stock

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  stock_machines = { for n in range(1, var.stock_count + 1) : "stock-${n}" => n }

  # Ports for the largest scale. Other instances use their addresses, so scaling must not change them.
  stock_slots     = { for n in range(1, 4) : "stock-${n}" => n }
  stock_addresses = [for n in range(1, 4) : openstack_networking_port_v2.stock_back["stock-${n}"].all_fixed_ips[0]]

  # camp.yaml: stock, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  stock_content = {
    "peers.py"         = "b597b73f607cbe016fc645a764daa8f02f03c4f0fd2762cd206f1b5b4088782a"
    "requirements.txt" = "8e738e54c0ac5ee4ca6d6fd001ddb7c518e209021d5f840040607cf70d85ab3a"
    "stock.py"         = "85c6b01e2ff8e1799dbf85a1b6748e4dc29a7496dcf1afb18937b2aaa5f707b3"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  stock_files = toset([
    for name in fileset("${path.module}/../../stock", "**") : name
    if contains(keys(local.stock_content), name) || !can(regex(local.left_out, name))
  ])

  stock_environment = {
    DATABASE_URL = "postgresql://harbour-master:${random_password.database.result}@${local.database_address}:5432/harbour" # ConnectTo database
    ORDERS       = "http://${local.orders_address}:8002"                                                                   # Env
    PORT         = "8001"                                                                                                  # Expose
  }

  # All instances of the tier have the same user data.
  stock_user_data = templatefile("${path.module}/cloud-init/stock.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    content_root     = "${path.module}/../../stock"
    content          = local.stock_content
    database_address = local.database_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.stock_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "stock" {
  name                 = "harbour-stock"
  description          = "Tier stock of harbour"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: stock, Ports
resource "openstack_networking_secgroup_rule_v2" "stock_tcp_8001_from_orders" {
  security_group_id = openstack_networking_secgroup_v2.stock.id
  description       = "TCP 8001 from the tier orders"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8001
  port_range_max    = 8001
  remote_group_id   = openstack_networking_secgroup_v2.orders.id
}

# camp.yaml: stock, Ports
resource "openstack_networking_secgroup_rule_v2" "stock_tcp_8001_from_shop" {
  security_group_id = openstack_networking_secgroup_v2.stock.id
  description       = "TCP 8001 from the tier shop"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8001
  port_range_max    = 8001
  remote_group_id   = openstack_networking_secgroup_v2.shop.id
}

# camp.yaml: stock, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "stock_to_database" {
  security_group_id = openstack_networking_secgroup_v2.stock.id
  description       = "PostgreSQL to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

# camp.yaml: orders, Ports
resource "openstack_networking_secgroup_rule_v2" "stock_to_orders_tcp_8002" {
  security_group_id = openstack_networking_secgroup_v2.stock.id
  description       = "TCP 8002 to the tier orders"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8002
  port_range_max    = 8002
  remote_group_id   = openstack_networking_secgroup_v2.orders.id
}

# camp.yaml: stock, Placement: networks
resource "openstack_networking_port_v2" "stock_back" {
  for_each = local.stock_slots

  name       = "harbour-${each.key}-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.stock.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "stock" {
  for_each = local.stock_machines

  name        = "harbour-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.stock_user_data
  metadata    = merge(local.metadata, { tier = "stock" })

  network {
    port = openstack_networking_port_v2.stock_back[each.key].id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.back]

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
  }
}
