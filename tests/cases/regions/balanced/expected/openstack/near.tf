# camp.yaml: near

locals {
  near_address          = openstack_networking_port_v2.near_main.all_fixed_ips[0]
  near_floating_address = openstack_networking_floatingip_v2.near.address
}

# The password of near. Letters and digits are safe in a URL without encoding.
resource "random_password" "near" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "near" {
  name                 = "far-balance-near"
  description          = "Tier near of far-balance"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo near
resource "openstack_networking_secgroup_rule_v2" "near_from_web" {
  security_group_id = openstack_networking_secgroup_v2.near.id
  description       = "Redis from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_ip_prefix  = "${try(openstack_networking_router_v2.main_regiontwo.external_fixed_ip[0].ip_address, "no-address")}/32"
}

resource "openstack_networking_port_v2" "near_main" {
  name       = "far-balance-near-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.near.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "near" {
  name        = "far-balance-near-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "near" })

  user_data = templatefile("${path.module}/cloud-init/near.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    address  = local.near_address
    password = random_password.near.result
  })

  network {
    port = openstack_networking_port_v2.near_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without near.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}

# camp.yaml: near, Placement: floating
resource "openstack_networking_floatingip_v2" "near" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.near_main.id
  description = "far-balance-near-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
