# camp.yaml: web, Balance

locals {
  web_balancer_address = openstack_networking_port_v2.web_balancer_main_regiontwo.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "web_balancer" {
  provider = openstack.regiontwo

  name                 = "far-machines-web-balancer"
  description          = "Tier web-balancer of far-machines"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, Expose
resource "openstack_networking_secgroup_rule_v2" "web_balancer_from_anywhere" {
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.web_balancer.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 80
  port_range_max    = 80
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: web, Balance
resource "openstack_networking_secgroup_rule_v2" "web_balancer_to_web_8080" {
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.web_balancer.id
  description       = "HAProxy to the tier web"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

resource "openstack_networking_port_v2" "web_balancer_main_regiontwo" {
  provider = openstack.regiontwo

  name       = "far-machines-web-balancer-1-main"
  network_id = openstack_networking_network_v2.main_regiontwo.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine_regiontwo.id,
    openstack_networking_secgroup_v2.web_balancer.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main_regiontwo.id
  }
}

# environments/haproxy.yaml: balancer: haproxy. Flavor from environments/haproxy.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web_balancer" {
  provider = openstack.regiontwo

  name        = "far-machines-web-balancer-1"
  image_id    = data.openstack_images_image_v2.machine_regiontwo.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair_regiontwo
  metadata    = merge(local.metadata, { tier = "web-balancer", region = "RegionTwo" })

  user_data = templatefile("${path.module}/cloud-init/web-balancer.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
    members = join(",", local.web_addresses)
  })

  network {
    port = openstack_networking_port_v2.web_balancer_main_regiontwo.id
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

# camp.yaml: web, Expose: public
resource "openstack_networking_floatingip_v2" "web_balancer" {
  provider = openstack.regiontwo

  pool        = data.openstack_networking_network_v2.external_regiontwo.name
  port_id     = openstack_networking_port_v2.web_balancer_main_regiontwo.id
  description = "far-machines-web-balancer-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main_regiontwo]
}
