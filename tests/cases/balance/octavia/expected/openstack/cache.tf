# camp.yaml: cache

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  cache_machines = { for n in range(1, var.cache_count + 1) : "cache-${n}" => n }
}

# The password of cache. Letters and digits are safe in a URL without encoding.
resource "random_password" "cache" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "cache" {
  name                 = "balancers-cache"
  description          = "Tier cache of balancers"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo cache.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "cache_from_balancer_6379" {
  security_group_id = openstack_networking_secgroup_v2.cache.id
  description       = "Redis from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_ip_prefix  = openstack_networking_subnet_v2.cache_balancer.cidr
}

# camp.yaml: cache, Placement: networks
resource "openstack_networking_port_v2" "cache_back" {
  for_each = local.cache_machines

  name       = "balancers-${each.key}-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.cache.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "cache" {
  for_each = local.cache_machines

  name        = "balancers-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "cache" })

  user_data = templatefile("${path.module}/cloud-init/cache.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    address  = openstack_networking_port_v2.cache_back[each.key].all_fixed_ips[0]
    password = random_password.cache.result
  })

  network {
    port = openstack_networking_port_v2.cache_back[each.key].id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.back]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}

# camp.yaml: cache, Balance
resource "openstack_lb_loadbalancer_v2" "cache" {
  name          = "balancers-cache"
  vip_subnet_id = openstack_networking_subnet_v2.cache_balancer.id
}

# camp.yaml: web, ConnectTo cache
resource "openstack_lb_listener_v2" "cache_6379" {
  name            = "balancers-cache-6379"
  loadbalancer_id = openstack_lb_loadbalancer_v2.cache.id
  protocol        = "TCP"
  protocol_port   = 6379
  allowed_cidrs   = sort([openstack_networking_subnet_v2.back.cidr, openstack_networking_subnet_v2.front.cidr])

  # Connection pools keep idle connections open.
  timeout_client_data = 3600000
  timeout_member_data = 3600000
}

resource "openstack_lb_pool_v2" "cache_6379" {
  name        = "balancers-cache-6379"
  listener_id = openstack_lb_listener_v2.cache_6379.id
  protocol    = "TCP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: cache, Balance
resource "openstack_lb_monitor_v2" "cache_6379" {
  name        = "balancers-cache-6379"
  pool_id     = openstack_lb_pool_v2.cache_6379.id
  type        = "TCP"
  delay       = 5
  timeout     = 3
  max_retries = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "cache_6379" {
  for_each = local.cache_machines

  name          = "balancers-${each.key}"
  pool_id       = openstack_lb_pool_v2.cache_6379.id
  subnet_id     = openstack_networking_subnet_v2.cache_balancer.id
  address       = openstack_networking_port_v2.cache_back[each.key].all_fixed_ips[0]
  protocol_port = 6379

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.cache]
}
