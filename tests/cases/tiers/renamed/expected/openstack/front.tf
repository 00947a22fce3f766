# camp.yaml: front

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  front_machines = { for n in range(1, var.front_count + 1) : "front-${n}" => n }

  # camp.yaml: front, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  front_content = {
    "shop.py" = "8673e30e140e915dd19ff996f298f68fd5c3d7c66c3a553eea79c2c241a9baa6"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  front_files = toset([
    for name in fileset("${path.module}/../../front", "**") : name
    if contains(keys(local.front_content), name) || !can(regex(local.left_out, name))
  ])

  front_environment = {
    DATABASE_URL = "postgresql://shop:${random_password.store.result}@${local.store_address}:5432/shop" # ConnectTo store
    GREETING     = var.welcome                                                                          # Env
    PORT         = "8000"                                                                               # Expose
    TOKEN        = random_password.key.result                                                           # Env
  }

  # All instances of the tier have the same user data.
  front_user_data = templatefile("${path.module}/cloud-init/front.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    content_root     = "${path.module}/../../front"
    content          = local.front_content
    database_address = local.store_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.front_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "front" {
  name                 = "shop-site"
  description          = "Tier site of shop"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: front, Expose
resource "openstack_networking_secgroup_rule_v2" "front_from_anywhere_8000" {
  security_group_id = openstack_networking_secgroup_v2.front.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8000
  port_range_max    = 8000
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: front, ConnectTo store
resource "openstack_networking_secgroup_rule_v2" "front_to_store" {
  security_group_id = openstack_networking_secgroup_v2.front.id
  description       = "PostgreSQL to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.store.id
}

# camp.yaml: front, Placement: networks
resource "openstack_networking_port_v2" "front_inside" {
  for_each = local.front_machines

  name       = "shop-site-${each.value}-back"
  network_id = openstack_networking_network_v2.inside.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.front.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.inside.id
  }
}

resource "openstack_compute_instance_v2" "front" {
  for_each = local.front_machines

  name        = "shop-site-${each.value}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.front_flavor
  key_pair    = var.key_pair
  user_data   = local.front_user_data
  metadata    = merge(local.metadata, { tier = "site" })

  network {
    port = openstack_networking_port_v2.front_inside[each.key].id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.inside]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]

    precondition {
      condition = local.front_files != toset(keys(local.front_content)) ? false : alltrue([
        for name, sha256 in local.front_content : filesha256("${path.module}/../../front/${name}") == sha256
      ])
      error_message = "front/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: front, Expose: public
resource "openstack_networking_floatingip_v2" "front" {
  for_each = local.front_machines

  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.front_inside[each.key].id
  description = "shop-site-${each.value}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.inside]
}
