# camp.yaml: far

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  far_machines = { for n in range(1, var.far_count + 1) : "far-${n}" => n }

  # Ports for the largest scale. Other instances use their addresses, so scaling must not change them.
  far_slots     = { for n in range(1, 3) : "far-${n}" => n }
  far_addresses = [for n in range(1, 3) : openstack_networking_port_v2.far_main_regiontwo["far-${n}"].all_fixed_ips[0]]
}

# The password of far. Letters and digits are safe in a URL without encoding.
resource "random_password" "far" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "far" {
  provider = openstack.regiontwo

  name                 = "far-machines-far"
  description          = "Tier far of far-machines"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: far, Balance
resource "openstack_networking_secgroup_rule_v2" "far_6379_from_far_balancer" {
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.far.id
  description       = "HAProxy from the tier far-balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.far_balancer.id
}

resource "openstack_networking_port_v2" "far_main_regiontwo" {
  for_each = local.far_slots
  provider = openstack.regiontwo

  name       = "far-machines-${each.key}-main"
  network_id = openstack_networking_network_v2.main_regiontwo.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine_regiontwo.id,
    openstack_networking_secgroup_v2.far.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main_regiontwo.id
  }
}

# Flavor from environments/haproxy.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "far" {
  for_each = local.far_machines
  provider = openstack.regiontwo

  name        = "far-machines-${each.key}"
  image_id    = data.openstack_images_image_v2.machine_regiontwo.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair_regiontwo
  metadata    = merge(local.metadata, { tier = "far", region = "RegionTwo" })

  user_data = templatefile("${path.module}/cloud-init/far.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    address  = openstack_networking_port_v2.far_main_regiontwo[each.key].all_fixed_ips[0]
    password = random_password.far.result
  })

  network {
    port = openstack_networking_port_v2.far_main_regiontwo[each.key].id
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
  }
}

# camp.yaml: far, Placement: floating
resource "openstack_networking_floatingip_v2" "far" {
  for_each = local.far_machines
  provider = openstack.regiontwo

  pool        = data.openstack_networking_network_v2.external_regiontwo.name
  port_id     = openstack_networking_port_v2.far_main_regiontwo[each.key].id
  description = "far-machines-${each.key}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main_regiontwo]
}
