# camp.yaml: login, Balance

locals {
  login_balancer_address = openstack_networking_port_v2.login_balancer_main.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "login_balancer" {
  name                 = "calls-login-balancer"
  description          = "Tier login-balancer of calls"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo login
resource "openstack_networking_secgroup_rule_v2" "login_from_web" {
  security_group_id = openstack_networking_secgroup_v2.login_balancer.id
  description       = "Calls from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

# camp.yaml: login, Balance
resource "openstack_networking_secgroup_rule_v2" "login_balancer_to_login_8080" {
  security_group_id = openstack_networking_secgroup_v2.login_balancer.id
  description       = "HAProxy to the tier login"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.login.id
}

resource "openstack_networking_port_v2" "login_balancer_main" {
  name       = "calls-login-balancer-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.login_balancer.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# environments/haproxy.yaml: balancer: haproxy.
resource "openstack_compute_instance_v2" "login_balancer" {
  name        = "calls-login-balancer-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.login_balancer_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "login-balancer" })

  user_data = templatefile("${path.module}/cloud-init/login-balancer.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
    members = local.login_address
  })

  network {
    port = openstack_networking_port_v2.login_balancer_main.id
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
