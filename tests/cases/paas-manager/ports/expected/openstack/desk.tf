# camp.yaml: desk

locals {
  desk_address = openstack_networking_port_v2.desk_main.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "desk" {
  name                 = "ports-desk"
  description          = "Tier desk of ports"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: desk, Ports
resource "openstack_networking_secgroup_rule_v2" "desk_tcp_1026" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "TCP 1026 from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 1026
  port_range_max    = 1026
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: desk, Ports
resource "openstack_networking_secgroup_rule_v2" "desk_tcp_27017" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "TCP 27017 from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27017
  port_range_max    = 27017
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: desk, Ports
resource "openstack_networking_secgroup_rule_v2" "desk_tcp_7000_7020" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "TCP 7000-7020 from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 7000
  port_range_max    = 7020
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: desk, Ports
resource "openstack_networking_secgroup_rule_v2" "desk_tcp_80" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "TCP 80 from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 80
  port_range_max    = 80
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: desk, Ports
resource "openstack_networking_secgroup_rule_v2" "desk_udp_1026" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "UDP 1026 from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 1026
  port_range_max    = 1026
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: desk, Ports
resource "openstack_networking_secgroup_rule_v2" "desk_udp_5000_from_198_51_100_0_24" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "UDP 5000 from 198.51.100.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 5000
  port_range_max    = 5000
  remote_ip_prefix  = "198.51.100.0/24"
}

# camp.yaml: desk, Ports
resource "openstack_networking_secgroup_rule_v2" "desk_udp_7000_7010" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "UDP 7000-7010 from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 7000
  port_range_max    = 7010
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: hall, Ports
resource "openstack_networking_secgroup_rule_v2" "desk_to_hall_tcp_443" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "TCP 443 to the tier hall"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 443
  port_range_max    = 443
  remote_group_id   = openstack_networking_secgroup_v2.hall.id
}

# camp.yaml: hall, Ports
resource "openstack_networking_secgroup_rule_v2" "desk_to_hall_tcp_8000_8002" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "TCP 8000-8002 to the tier hall"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8000
  port_range_max    = 8002
  remote_group_id   = openstack_networking_secgroup_v2.hall.id
}

# camp.yaml: hall, Ports
resource "openstack_networking_secgroup_rule_v2" "desk_to_hall_udp_123" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "UDP 123 to the tier hall"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 123
  port_range_max    = 123
  remote_group_id   = openstack_networking_secgroup_v2.hall.id
}

resource "openstack_networking_port_v2" "desk_main" {
  name       = "ports-desk-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.desk.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "desk" {
  name        = "ports-desk-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "desk" })

  user_data = templatefile("${path.module}/cloud-init/desk.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
  })

  network {
    port = openstack_networking_port_v2.desk_main.id
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
