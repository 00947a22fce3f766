# camp.yaml: desk, Balance

locals {
  desk_balancer_address = openstack_networking_port_v2.desk_balancer_main.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "desk_balancer" {
  name                 = "kept-desk-balancer"
  description          = "Tier desk-balancer of kept"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: desk, Expose
resource "openstack_networking_secgroup_rule_v2" "desk_balancer_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.desk_balancer.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: desk, Balance
resource "openstack_networking_secgroup_rule_v2" "desk_balancer_to_desk_8080" {
  security_group_id = openstack_networking_secgroup_v2.desk_balancer.id
  description       = "HAProxy to the tier desk"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.desk.id
}

resource "openstack_networking_port_v2" "desk_balancer_main" {
  name       = "kept-desk-balancer-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.desk_balancer.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# environments/all.yaml: balancer: haproxy.
resource "openstack_compute_instance_v2" "desk_balancer" {
  name        = "kept-desk-balancer-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.desk_balancer_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "desk-balancer" })

  user_data = templatefile("${path.module}/cloud-init/desk-balancer.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
    members = join(",", local.desk_addresses)
  })

  network {
    port = openstack_networking_port_v2.desk_balancer_main.id
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
  }
}

# camp.yaml: desk, Expose: public
resource "openstack_networking_floatingip_v2" "desk_balancer" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.desk_balancer_main.id
  description = "kept-desk-balancer-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
