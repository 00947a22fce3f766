# camp.yaml: hall

locals {
  hall_address = openstack_networking_port_v2.hall_main.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "hall" {
  name                 = "ports-hall"
  description          = "Tier hall of ports"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: hall, Ports
resource "openstack_networking_secgroup_rule_v2" "hall_tcp_443_from_desk" {
  security_group_id = openstack_networking_secgroup_v2.hall.id
  description       = "TCP 443 from the tier desk"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 443
  port_range_max    = 443
  remote_group_id   = openstack_networking_secgroup_v2.desk.id
}

# camp.yaml: hall, Ports
resource "openstack_networking_secgroup_rule_v2" "hall_tcp_8000_8002_from_desk" {
  security_group_id = openstack_networking_secgroup_v2.hall.id
  description       = "TCP 8000-8002 from the tier desk"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8000
  port_range_max    = 8002
  remote_group_id   = openstack_networking_secgroup_v2.desk.id
}

# camp.yaml: hall, Ports
resource "openstack_networking_secgroup_rule_v2" "hall_udp_123_from_desk" {
  security_group_id = openstack_networking_secgroup_v2.hall.id
  description       = "UDP 123 from the tier desk"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 123
  port_range_max    = 123
  remote_group_id   = openstack_networking_secgroup_v2.desk.id
}

resource "openstack_networking_port_v2" "hall_main" {
  name       = "ports-hall-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.hall.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "hall" {
  name        = "ports-hall-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "hall" })

  user_data = templatefile("${path.module}/cloud-init/hall.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
  })

  network {
    port = openstack_networking_port_v2.hall_main.id
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
