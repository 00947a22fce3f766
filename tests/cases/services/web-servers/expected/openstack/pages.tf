# camp.yaml: pages

locals {
  pages_address = openstack_networking_port_v2.pages_main.all_fixed_ips[0]

  # camp.yaml: pages, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  pages_content = {
    "composer.json" = "aa63b432e3e430a2faf1f0b0efddf9b120f67dfafca1464c3121c2a5e18291e4"
    "index.php"     = "7ccc5cb91dcee0f64038d14cc83735f0fe51e3b50f01cc73b950c0e74f02de3c"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  pages_files = toset([
    for name in fileset("${path.module}/../../pages", "**") : name
    if contains(keys(local.pages_content), name) || !can(regex(local.left_out, name))
  ])

  pages_environment = {
    PORT = "8081" # Expose
  }
}

resource "openstack_networking_secgroup_v2" "pages" {
  name                 = "web-servers-pages"
  description          = "Tier pages of web-servers"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: pages, Balance; camp.yaml: pages, Expose.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "pages_from_balancer_81" {
  security_group_id = openstack_networking_secgroup_v2.pages.id
  description       = "HTTP from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8081
  port_range_max    = 8081
  remote_ip_prefix  = openstack_networking_subnet_v2.pages_balancer.cidr
}

resource "openstack_networking_port_v2" "pages_main" {
  name       = "web-servers-pages-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.pages.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "pages" {
  name        = "web-servers-pages-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "pages" })

  user_data = templatefile("${path.module}/cloud-init/pages.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../pages"
    content      = local.pages_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.pages_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.pages_main.id
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
      condition = local.pages_files != toset(keys(local.pages_content)) ? false : alltrue([
        for name, sha256 in local.pages_content : filesha256("${path.module}/../../pages/${name}") == sha256
      ])
      error_message = "pages/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: pages, Balance
resource "openstack_lb_loadbalancer_v2" "pages" {
  name          = "web-servers-pages"
  vip_subnet_id = openstack_networking_subnet_v2.pages_balancer.id
}

# camp.yaml: pages, Expose: as
resource "openstack_lb_listener_v2" "pages_81" {
  name            = "web-servers-pages-81"
  loadbalancer_id = openstack_lb_loadbalancer_v2.pages.id
  protocol        = "HTTP"
  protocol_port   = 81

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "pages_81" {
  name        = "web-servers-pages-81"
  listener_id = openstack_lb_listener_v2.pages_81.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: pages, Balance
resource "openstack_lb_monitor_v2" "pages_81" {
  name        = "web-servers-pages-81"
  pool_id     = openstack_lb_pool_v2.pages_81.id
  type        = "TCP"
  delay       = 5
  timeout     = 3
  max_retries = 3
}

resource "openstack_lb_member_v2" "pages_81" {
  name          = "web-servers-pages-1"
  pool_id       = openstack_lb_pool_v2.pages_81.id
  subnet_id     = openstack_networking_subnet_v2.pages_balancer.id
  address       = openstack_networking_port_v2.pages_main.all_fixed_ips[0]
  protocol_port = 8081

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.pages]
}

# camp.yaml: pages, Expose: public
resource "openstack_networking_floatingip_v2" "pages" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_lb_loadbalancer_v2.pages.vip_port_id
  description = "web-servers-pages"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.pages_balancer]
}
