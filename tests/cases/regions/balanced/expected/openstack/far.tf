# camp.yaml: far

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  far_machines = { for n in range(1, var.far_count + 1) : "far-${n}" => n }
}

# The password of far. Letters and digits are safe in a URL without encoding.
resource "random_password" "far" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "far" {
  provider = openstack.regiontwo

  name                 = "far-balance-far"
  description          = "Tier far of far-balance"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: reader, ConnectTo far.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "far_from_balancer_6379" {
  provider = openstack.regiontwo

  security_group_id = openstack_networking_secgroup_v2.far.id
  description       = "Redis from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_ip_prefix  = openstack_networking_subnet_v2.far_balancer.cidr
}

resource "openstack_networking_port_v2" "far_main_regiontwo" {
  for_each = local.far_machines
  provider = openstack.regiontwo

  name       = "far-balance-${each.key}-main"
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

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "far" {
  for_each = local.far_machines
  provider = openstack.regiontwo

  name        = "far-balance-${each.key}"
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

# camp.yaml: far, Balance
resource "openstack_lb_loadbalancer_v2" "far" {
  provider = openstack.regiontwo

  name          = "far-balance-far"
  vip_subnet_id = openstack_networking_subnet_v2.far_balancer.id
}

# camp.yaml: reader, ConnectTo far
resource "openstack_lb_listener_v2" "far_6379" {
  provider = openstack.regiontwo

  name            = "far-balance-far-6379"
  loadbalancer_id = openstack_lb_loadbalancer_v2.far.id
  protocol        = "TCP"
  protocol_port   = 6379

  allowed_cidrs = [
    "${try(openstack_networking_router_v2.main.external_fixed_ip[0].ip_address, "no-address")}/32",
  ]

  # Connection pools keep idle connections open.
  timeout_client_data = 3600000
  timeout_member_data = 3600000
}

resource "openstack_lb_pool_v2" "far_6379" {
  provider = openstack.regiontwo

  name        = "far-balance-far-6379"
  listener_id = openstack_lb_listener_v2.far_6379.id
  protocol    = "TCP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: far, Balance
resource "openstack_lb_monitor_v2" "far_6379" {
  provider = openstack.regiontwo

  name        = "far-balance-far-6379"
  pool_id     = openstack_lb_pool_v2.far_6379.id
  type        = "TCP"
  delay       = 5
  timeout     = 3
  max_retries = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "far_6379" {
  for_each = local.far_machines
  provider = openstack.regiontwo

  name          = "far-balance-${each.key}"
  pool_id       = openstack_lb_pool_v2.far_6379.id
  subnet_id     = openstack_networking_subnet_v2.far_balancer.id
  address       = openstack_networking_port_v2.far_main_regiontwo[each.key].all_fixed_ips[0]
  protocol_port = 6379

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.far]
}

# camp.yaml: links from other regions
resource "openstack_networking_floatingip_v2" "far" {
  provider = openstack.regiontwo

  pool        = data.openstack_networking_network_v2.external_regiontwo.name
  port_id     = openstack_lb_loadbalancer_v2.far.vip_port_id
  description = "far-balance-far"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.far_balancer]
}

# camp.yaml: far, Placement: floating
resource "openstack_networking_floatingip_v2" "far_machine" {
  for_each = local.far_machines
  provider = openstack.regiontwo

  pool        = data.openstack_networking_network_v2.external_regiontwo.name
  port_id     = openstack_networking_port_v2.far_main_regiontwo[each.key].id
  description = "far-balance-${each.key}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main_regiontwo]
}
