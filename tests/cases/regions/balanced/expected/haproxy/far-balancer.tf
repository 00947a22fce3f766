# camp.yaml: far, Balance

locals {
  far_balancer_address          = openstack_networking_port_v2.far_balancer_main_regiontwo.all_fixed_ips[0]
  far_balancer_floating_address = openstack_networking_floatingip_v2.far_balancer.address
}

resource "openstack_networking_secgroup_v2" "far_balancer" {
  provider = openstack.regiontwo

  name                 = "far-machines-far-balancer"
  description          = "Tier far-balancer of far-machines"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: reader, ConnectTo far
resource "openstack_networking_secgroup_rule_v2" "far_from_reader" {
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.far_balancer.id
  description       = "Redis from the tier reader"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_ip_prefix  = "${try(openstack_networking_router_v2.main.external_fixed_ip[0].ip_address, "no-address")}/32"
}

# camp.yaml: far, Balance
resource "openstack_networking_secgroup_rule_v2" "far_balancer_to_far_6379" {
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.far_balancer.id
  description       = "HAProxy to the tier far"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.far.id
}

resource "openstack_networking_port_v2" "far_balancer_main_regiontwo" {
  provider = openstack.regiontwo

  name       = "far-machines-far-balancer-1-main"
  network_id = openstack_networking_network_v2.main_regiontwo.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine_regiontwo.id,
    openstack_networking_secgroup_v2.far_balancer.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main_regiontwo.id
  }
}

# environments/haproxy.yaml: balancer: haproxy. Flavor from environments/haproxy.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "far_balancer" {
  provider = openstack.regiontwo

  name        = "far-machines-far-balancer-1"
  image_id    = data.openstack_images_image_v2.machine_regiontwo.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair_regiontwo
  metadata    = merge(local.metadata, { tier = "far-balancer", region = "RegionTwo" })

  user_data = templatefile("${path.module}/cloud-init/far-balancer.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
    members = join(",", local.far_addresses)
  })

  network {
    port = openstack_networking_port_v2.far_balancer_main_regiontwo.id
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

# camp.yaml: links from other regions
resource "openstack_networking_floatingip_v2" "far_balancer" {
  provider = openstack.regiontwo

  pool        = data.openstack_networking_network_v2.external_regiontwo.name
  port_id     = openstack_networking_port_v2.far_balancer_main_regiontwo.id
  description = "far-machines-far-balancer-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main_regiontwo]
}
