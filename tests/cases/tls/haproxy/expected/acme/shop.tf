# camp.yaml: shop

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  shop_machines = { for n in range(1, var.shop_count + 1) : "shop-${n}" => n }

  # Ports for the largest scale. Other instances use their addresses, so scaling must not change them.
  shop_slots     = { for n in range(1, 3) : "shop-${n}" => n }
  shop_addresses = [for n in range(1, 3) : openstack_networking_port_v2.shop_main["shop-${n}"].all_fixed_ips[0]]

  # camp.yaml: shop, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  shop_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  shop_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.shop_content), name) || !can(regex(local.left_out, name))
  ])

  shop_environment = {
    PORT = "8080" # Expose
  }

  # All instances of the tier have the same user data.
  shop_user_data = templatefile("${path.module}/cloud-init/shop.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.shop_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.shop_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "shop" {
  name                 = "harbour-shop"
  description          = "Tier shop of harbour"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: shop, Balance
resource "openstack_networking_secgroup_rule_v2" "shop_8080_from_shop_balancer" {
  security_group_id = openstack_networking_secgroup_v2.shop.id
  description       = "HAProxy from the tier shop-balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.shop_balancer.id
}

resource "openstack_networking_port_v2" "shop_main" {
  for_each = local.shop_slots

  name       = "harbour-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.shop.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/acme.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "shop" {
  for_each = local.shop_machines

  name        = "harbour-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.shop_user_data
  metadata    = merge(local.metadata, { tier = "shop" })

  network {
    port = openstack_networking_port_v2.shop_main[each.key].id
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
      condition = local.shop_files != toset(keys(local.shop_content)) ? false : alltrue([
        for name, sha256 in local.shop_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
