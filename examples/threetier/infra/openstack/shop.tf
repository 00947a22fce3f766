# camp.yaml: shop

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  shop_machines = { for n in range(1, var.shop_count + 1) : "shop-${n}" => n }

  # camp.yaml: shop, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  shop_content = {
    "peers.py"         = "b597b73f607cbe016fc645a764daa8f02f03c4f0fd2762cd206f1b5b4088782a"
    "requirements.txt" = "56299ad166474ec693ce3fa6559d992d9ed13b406888fc6fe5aec50beb02a788"
    "shop.py"          = "c6e6694b3f12d98ff44c17e35d40f887c8e8e1e70fc7635cb9e62e79a56b9b83"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  shop_files = toset([
    for name in fileset("${path.module}/../../shop", "**") : name
    if contains(keys(local.shop_content), name) || !can(regex(local.left_out, name))
  ])

  shop_environment = {
    ORDERS      = "http://${local.orders_address}:8002" # Env
    PORT        = "8000"                                # Expose
    SEAL        = random_password.seal.result           # Env
    STOCK_HOSTS = join(",", local.stock_addresses)      # Env
    TITLE       = var.title                             # Env
  }

  # All instances of the tier have the same user data.
  shop_user_data = templatefile("${path.module}/cloud-init/shop.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../shop"
    content      = local.shop_content
    gateway      = openstack_networking_subnet_v2.front.gateway_ip

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.shop_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "shop" {
  name                 = "harbour-shop"
  description          = "Tier shop of harbour"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: shop, Balance; camp.yaml: shop, Expose.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "shop_from_balancer" {
  security_group_id = openstack_networking_secgroup_v2.shop.id
  description       = "HTTP from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8000
  port_range_max    = 8000
  remote_ip_prefix  = openstack_networking_subnet_v2.shop_balancer.cidr
}

# camp.yaml: orders, Ports
resource "openstack_networking_secgroup_rule_v2" "shop_to_orders_tcp_8002" {
  security_group_id = openstack_networking_secgroup_v2.shop.id
  description       = "TCP 8002 to the tier orders"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8002
  port_range_max    = 8002
  remote_group_id   = openstack_networking_secgroup_v2.orders.id
}

# camp.yaml: stock, Ports
resource "openstack_networking_secgroup_rule_v2" "shop_to_stock_tcp_8001" {
  security_group_id = openstack_networking_secgroup_v2.shop.id
  description       = "TCP 8001 to the tier stock"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8001
  port_range_max    = 8001
  remote_group_id   = openstack_networking_secgroup_v2.stock.id
}

# camp.yaml: shop, Placement: networks
resource "openstack_networking_port_v2" "shop_front" {
  for_each = local.shop_machines

  name       = "harbour-${each.key}-front"
  network_id = openstack_networking_network_v2.front.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.shop.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.front.id
  }
}

resource "openstack_networking_port_v2" "shop_back" {
  for_each = local.shop_machines

  name       = "harbour-${each.key}-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.shop.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# camp.yaml: shop, Placement: spread
resource "openstack_compute_servergroup_v2" "shop" {
  name     = "harbour-shop"
  policies = ["soft-anti-affinity"]
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "shop" {
  for_each = local.shop_machines

  name        = "harbour-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.shop_user_data
  metadata    = merge(local.metadata, { tier = "shop" })

  network {
    port = openstack_networking_port_v2.shop_front[each.key].id
  }
  network {
    port = openstack_networking_port_v2.shop_back[each.key].id
  }

  scheduler_hints {
    group = openstack_compute_servergroup_v2.shop.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.front]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]

    precondition {
      condition = local.shop_files != toset(keys(local.shop_content)) ? false : alltrue([
        for name, sha256 in local.shop_content : filesha256("${path.module}/../../shop/${name}") == sha256
      ])
      error_message = "shop/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: shop, Balance
resource "openstack_lb_loadbalancer_v2" "shop" {
  name          = "harbour-shop"
  vip_subnet_id = openstack_networking_subnet_v2.shop_balancer.id
}

# camp.yaml: shop, Expose: as
resource "openstack_lb_listener_v2" "shop" {
  name            = "harbour-shop"
  loadbalancer_id = openstack_lb_loadbalancer_v2.shop.id
  protocol        = "HTTP"
  protocol_port   = 80

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "shop" {
  name        = "harbour-shop"
  listener_id = openstack_lb_listener_v2.shop.id
  protocol    = "HTTP"
  lb_method   = "LEAST_CONNECTIONS"

  persistence {
    type = "HTTP_COOKIE"
  }
}

# camp.yaml: shop, Balance: health
resource "openstack_lb_monitor_v2" "shop" {
  name           = "harbour-shop"
  pool_id        = openstack_lb_pool_v2.shop.id
  type           = "HTTP"
  http_method    = "GET"
  url_path       = "/healthz"
  expected_codes = "200"
  delay          = 5
  timeout        = 3
  max_retries    = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "shop" {
  for_each = local.shop_machines

  name          = "harbour-${each.key}"
  pool_id       = openstack_lb_pool_v2.shop.id
  subnet_id     = openstack_networking_subnet_v2.shop_balancer.id
  address       = openstack_networking_port_v2.shop_front[each.key].all_fixed_ips[0]
  protocol_port = 8000

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.shop]
}

# camp.yaml: shop, Expose: public
resource "openstack_networking_floatingip_v2" "shop" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_lb_loadbalancer_v2.shop.vip_port_id
  description = "harbour-shop"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.shop_balancer]
}
