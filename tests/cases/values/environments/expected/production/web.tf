# camp.yaml: web

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  web_machines = { for n in range(1, var.web_count + 1) : "web-${n}" => n }

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    DATABASE_URL  = "postgresql://shop:${random_password.database.result}@${local.database_address}:5432/shop" # ConnectTo database
    DOCUMENTS_URL = "https://documents.example.com/shop"                                                       # ConnectTo documents
    HOST          = var.host                                                                                   # Env
    LEVEL         = "warning"                                                                                  # Env
    MODE          = "production"                                                                               # Env
    MONGODB_URL   = "https://documents.example.com/shop"                                                       # ConnectTo documents
    PORT          = "8080"                                                                                     # Expose
    REGION        = "eu"                                                                                       # Env
  }

  # All instances of the tier have the same user data.
  web_user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    content_root     = "${path.module}/../../app"
    content          = local.web_content
    database_address = local.database_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

# environments/production.yaml: sizes; camp.yaml: web, Compute
data "openstack_compute_flavor_v2" "web" {
  name = "m1.large"

  lifecycle {
    postcondition {
      condition     = try(self.ram >= 8192, true)
      error_message = "The plan requires 8 GiB of memory for the tier web (camp.yaml: web, Compute)."
    }
  }
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "shop-web"
  description          = "Tier web of shop"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, Balance; camp.yaml: web, Expose.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "web_from_balancer_8080" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "HTTP from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = openstack_networking_subnet_v2.web_balancer.cidr
}

# camp.yaml: web, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "web_to_database" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "PostgreSQL to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

resource "openstack_networking_port_v2" "web_main" {
  for_each = local.web_machines

  name       = "shop-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.web.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "web" {
  for_each = local.web_machines

  name        = "shop-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = data.openstack_compute_flavor_v2.web.name
  key_pair    = var.key_pair
  user_data   = local.web_user_data
  metadata    = merge(local.metadata, { tier = "web" })

  network {
    port = openstack_networking_port_v2.web_main[each.key].id
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
      condition = local.web_files != toset(keys(local.web_content)) ? false : alltrue([
        for name, sha256 in local.web_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: web, Balance
resource "openstack_lb_loadbalancer_v2" "web" {
  name          = "shop-web"
  vip_subnet_id = openstack_networking_subnet_v2.web_balancer.id
}

# camp.yaml: web, Expose
resource "openstack_lb_listener_v2" "web_8080" {
  name            = "shop-web-8080"
  loadbalancer_id = openstack_lb_loadbalancer_v2.web.id
  protocol        = "HTTP"
  protocol_port   = 8080

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "web_8080" {
  name        = "shop-web-8080"
  listener_id = openstack_lb_listener_v2.web_8080.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: web, Balance: health
resource "openstack_lb_monitor_v2" "web_8080" {
  name           = "shop-web-8080"
  pool_id        = openstack_lb_pool_v2.web_8080.id
  type           = "HTTP"
  http_method    = "GET"
  url_path       = "/healthz"
  expected_codes = "200"
  delay          = 5
  timeout        = 3
  max_retries    = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "web_8080" {
  for_each = local.web_machines

  name          = "shop-${each.key}"
  pool_id       = openstack_lb_pool_v2.web_8080.id
  subnet_id     = openstack_networking_subnet_v2.web_balancer.id
  address       = openstack_networking_port_v2.web_main[each.key].all_fixed_ips[0]
  protocol_port = 8080

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.web]
}

# camp.yaml: web, Expose: public
resource "openstack_networking_floatingip_v2" "web" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_lb_loadbalancer_v2.web.vip_port_id
  description = "shop-web"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.web_balancer]
}
