# environments/haproxy.yaml: external_network
data "openstack_networking_network_v2" "external_regiontwo" {
  provider = openstack.regiontwo

  name     = "public"
  external = true
}

resource "openstack_networking_router_v2" "main_regiontwo" {
  provider = openstack.regiontwo

  name                = "far-machines"
  external_network_id = data.openstack_networking_network_v2.external_regiontwo.id
  tags                = local.tags
}

# For tiers without a network in camp.yaml.
resource "openstack_networking_network_v2" "main_regiontwo" {
  provider = openstack.regiontwo

  name = "far-machines"
  tags = local.tags
}

resource "openstack_networking_subnet_v2" "main_regiontwo" {
  provider = openstack.regiontwo

  name       = "far-machines"
  network_id = openstack_networking_network_v2.main_regiontwo.id
  cidr       = "10.93.6.0/24"
  gateway_ip = "10.93.6.1"
  tags       = local.tags
}

resource "openstack_networking_router_interface_v2" "main_regiontwo" {
  provider = openstack.regiontwo

  router_id = openstack_networking_router_v2.main_regiontwo.id
  subnet_id = openstack_networking_subnet_v2.main_regiontwo.id
}

# For all instances. The security group of each tier adds rules for its links and exposures.
# Traffic without a rule is blocked in both directions.
resource "openstack_networking_secgroup_v2" "machine_regiontwo" {
  provider = openstack.regiontwo

  name                 = "far-machines-machine"
  description          = "All instances of far-machines: DNS, NTP and packages out"
  delete_default_rules = true
  tags                 = local.tags
}

# Any destination, because package mirrors and indexes have no fixed addresses.
resource "openstack_networking_secgroup_rule_v2" "machine_out_regiontwo" {
  for_each = {
    dns-tcp = { protocol = "tcp", port = 53 }
    dns-udp = { protocol = "udp", port = 53 }
    http    = { protocol = "tcp", port = 80 }
    https   = { protocol = "tcp", port = 443 }
    ntp     = { protocol = "udp", port = 123 }
  }
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.machine_regiontwo.id
  description       = each.key
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = each.value.protocol
  port_range_min    = each.value.port
  port_range_max    = each.value.port
  remote_ip_prefix  = "0.0.0.0/0"
}

# environments/haproxy.yaml: image
data "openstack_images_image_v2" "machine_regiontwo" {
  provider = openstack.regiontwo

  name        = "debian-12"
  most_recent = true
}
