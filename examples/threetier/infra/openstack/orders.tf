# camp.yaml: orders

locals {
  orders_address = openstack_networking_port_v2.orders_back.all_fixed_ips[0]

  # camp.yaml: orders, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  orders_content = {
    "orders.py"        = "274f15c7e5cbd019d9bf69a6592c710fed7d1b56c4462d02066fd34e17f4d667"
    "peers.py"         = "b597b73f607cbe016fc645a764daa8f02f03c4f0fd2762cd206f1b5b4088782a"
    "requirements.txt" = "8e738e54c0ac5ee4ca6d6fd001ddb7c518e209021d5f840040607cf70d85ab3a"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  orders_files = toset([
    for name in fileset("${path.module}/../../orders", "**") : name
    if contains(keys(local.orders_content), name) || !can(regex(local.left_out, name))
  ])

  orders_environment = {
    DATABASE_URL = "postgresql://harbour-master:${random_password.database.result}@${local.database_address}:5432/harbour" # ConnectTo database
    PORT         = "8002"                                                                                                  # Expose
    STOCK_HOSTS  = join(",", local.stock_addresses)                                                                        # Env
  }
}

resource "openstack_networking_secgroup_v2" "orders" {
  name                 = "harbour-orders"
  description          = "Tier orders of harbour"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: orders, Ports
resource "openstack_networking_secgroup_rule_v2" "orders_tcp_8002_from_shop" {
  security_group_id = openstack_networking_secgroup_v2.orders.id
  description       = "TCP 8002 from the tier shop"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8002
  port_range_max    = 8002
  remote_group_id   = openstack_networking_secgroup_v2.shop.id
}

# camp.yaml: orders, Ports
resource "openstack_networking_secgroup_rule_v2" "orders_tcp_8002_from_stock" {
  security_group_id = openstack_networking_secgroup_v2.orders.id
  description       = "TCP 8002 from the tier stock"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8002
  port_range_max    = 8002
  remote_group_id   = openstack_networking_secgroup_v2.stock.id
}

# camp.yaml: orders, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "orders_to_database" {
  security_group_id = openstack_networking_secgroup_v2.orders.id
  description       = "PostgreSQL to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

# camp.yaml: stock, Ports
resource "openstack_networking_secgroup_rule_v2" "orders_to_stock_tcp_8001" {
  security_group_id = openstack_networking_secgroup_v2.orders.id
  description       = "TCP 8001 to the tier stock"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8001
  port_range_max    = 8001
  remote_group_id   = openstack_networking_secgroup_v2.stock.id
}

# camp.yaml: orders, Placement: networks
resource "openstack_networking_port_v2" "orders_back" {
  name       = "harbour-orders-1-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.orders.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "orders" {
  name        = "harbour-orders-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "orders" })

  user_data = templatefile("${path.module}/cloud-init/orders.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    content_root     = "${path.module}/../../orders"
    content          = local.orders_content
    database_address = local.database_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.orders_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.orders_back.id
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
      condition = local.orders_files != toset(keys(local.orders_content)) ? false : alltrue([
        for name, sha256 in local.orders_content : filesha256("${path.module}/../../orders/${name}") == sha256
      ])
      error_message = "orders/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
