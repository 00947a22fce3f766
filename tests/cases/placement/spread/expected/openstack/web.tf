# camp.yaml: web

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  web_machines = { for n in range(1, var.web_count + 1) : "web-${n}" => n }

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
    DATABASE_URL = "postgresql://placed:${random_password.stock.result}@${local.stock_address}:5432/placed" # ConnectTo stock
    PORT         = "8080"                                                                                   # its default port
    STOCK_URL    = "postgresql://placed:${random_password.stock.result}@${local.stock_address}:5432/placed" # ConnectTo stock
  }

  # All instances of the tier have the same user data.
  web_user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    content_root  = "${path.module}/../../app"
    content       = local.web_content
    stock_address = local.stock_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "placed-web"
  description          = "Tier web of placed"
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

# camp.yaml: web, ConnectTo stock
resource "openstack_networking_secgroup_rule_v2" "web_to_stock" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "PostgreSQL to the tier stock"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.stock.id
}

resource "openstack_networking_port_v2" "web_main" {
  for_each = local.web_machines

  name       = "placed-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.web.id,
    data.openstack_networking_secgroup_v2.default.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: web, Placement: spread
resource "openstack_compute_servergroup_v2" "web" {
  name     = "placed-web"
  policies = ["anti-affinity"]
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  for_each = local.web_machines

  name                    = "placed-${each.key}"
  flavor_name             = "m1.tiny"
  key_pair                = openstack_compute_keypair_v2.machine.name
  availability_zone_hints = "nova"
  user_data               = local.web_user_data
  metadata                = merge(local.metadata, { tier = "web" })

  # environments/openstack.yaml: tiers: web: boot_volume
  block_device {
    uuid                  = data.openstack_images_image_v2.machine.id
    source_type           = "image"
    destination_type      = "volume"
    volume_size           = 12
    boot_index            = 0
    delete_on_termination = true
  }

  network {
    port = openstack_networking_port_v2.web_main[each.key].id
  }

  scheduler_hints {
    group = openstack_compute_servergroup_v2.web.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, Terraform would replace existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      block_device[0].uuid,
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
  for_each = local.web_machines

  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.web_main[each.key].id
  description = "placed-${each.key}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
