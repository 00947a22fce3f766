# camp.yaml: prices

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  prices_machines = { for n in range(1, var.prices_count + 1) : "prices-${n}" => n }

  # camp.yaml: prices, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  prices_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  prices_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.prices_content), name) || !can(regex(local.left_out, name))
  ])

  prices_environment = {
    PORT = "8080" # its default port
  }

  # All instances of the tier have the same user data.
  prices_user_data = templatefile("${path.module}/cloud-init/prices.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.prices_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.prices_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "prices" {
  name                 = "calls-prices"
  description          = "Tier prices of calls"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo prices.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "prices_from_balancer_8080" {
  security_group_id = openstack_networking_secgroup_v2.prices.id
  description       = "Calls from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = openstack_networking_subnet_v2.prices_balancer.cidr
}

resource "openstack_networking_port_v2" "prices_main" {
  for_each = local.prices_machines

  name       = "calls-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.prices.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "prices" {
  for_each = local.prices_machines

  name        = "calls-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.prices_flavor
  key_pair    = var.key_pair
  user_data   = local.prices_user_data
  metadata    = merge(local.metadata, { tier = "prices" })

  network {
    port = openstack_networking_port_v2.prices_main[each.key].id
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

    precondition {
      condition = local.prices_files != toset(keys(local.prices_content)) ? false : alltrue([
        for name, sha256 in local.prices_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: web, ConnectTo prices
resource "openstack_lb_loadbalancer_v2" "prices" {
  name          = "calls-prices"
  vip_subnet_id = openstack_networking_subnet_v2.prices_balancer.id
}

# camp.yaml: web, ConnectTo prices
resource "openstack_lb_listener_v2" "prices_8080" {
  name            = "calls-prices-8080"
  loadbalancer_id = openstack_lb_loadbalancer_v2.prices.id
  protocol        = "TCP"
  protocol_port   = 8080
  allowed_cidrs   = [openstack_networking_subnet_v2.main.cidr]

  # Connection pools keep idle connections open.
  timeout_client_data = 3600000
  timeout_member_data = 3600000
}

resource "openstack_lb_pool_v2" "prices_8080" {
  name        = "calls-prices-8080"
  listener_id = openstack_lb_listener_v2.prices_8080.id
  protocol    = "TCP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: web, ConnectTo prices
resource "openstack_lb_monitor_v2" "prices_8080" {
  name        = "calls-prices-8080"
  pool_id     = openstack_lb_pool_v2.prices_8080.id
  type        = "TCP"
  delay       = 5
  timeout     = 3
  max_retries = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "prices_8080" {
  for_each = local.prices_machines

  name          = "calls-${each.key}"
  pool_id       = openstack_lb_pool_v2.prices_8080.id
  subnet_id     = openstack_networking_subnet_v2.prices_balancer.id
  address       = openstack_networking_port_v2.prices_main[each.key].all_fixed_ips[0]
  protocol_port = 8080

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.prices]
}
