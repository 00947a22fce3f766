# camp.yaml: web

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  web_machines = { for n in range(1, var.web_count + 1) : "web-${n}" => n }

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_content = {
    "guestbook.py"     = "65aad7faf5bbda7acb3c05063a1fb5d4320ce63259ebbd83b2cb6b66931c6bfb"
    "requirements.txt" = "a3790687843314d5ca651b0e807dd1c8c0d57048cc67cfa0557ac1ebf3f7f9bd"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../web", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    DATABASE_URL = "postgresql://guestbook:${random_password.database.result}@${local.database_address}:5432/guestbook" # ConnectTo database
    GREETING     = var.greeting                                                                                         # Env
    PORT         = "8080"                                                                                               # Expose
    TITLE        = "Sign here, $${friend}"                                                                              # Env
  }

  # All instances of the tier have the same user data.
  web_user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    content_root     = "${path.module}/../../web"
    content          = local.web_content
    database_address = local.database_address
    gateway          = openstack_networking_subnet_v2.front.gateway_ip

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

# environments/openstack.yaml: sizes; camp.yaml: web, Compute
data "openstack_compute_flavor_v2" "web" {
  name = "m1.small"

  lifecycle {
    postcondition {
      condition     = try(self.vcpus >= 1 && self.ram >= 2048, true)
      error_message = "The plan requires 1 core and 2 GiB of memory for the tier web (camp.yaml: web, Compute)."
    }
  }
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "guestbook-web"
  description          = "Tier web of guestbook"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, Balance; camp.yaml: web, Expose.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "web_from_balancer" {
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

# camp.yaml: web, Placement: networks
resource "openstack_networking_port_v2" "web_front" {
  for_each = local.web_machines

  name       = "guestbook-${each.key}-front"
  network_id = openstack_networking_network_v2.front.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.web.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.front.id
  }
}

resource "openstack_networking_port_v2" "web_back" {
  for_each = local.web_machines

  name       = "guestbook-${each.key}-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.web.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# camp.yaml: web, Placement: spread
resource "openstack_compute_servergroup_v2" "web" {
  name     = "guestbook-web"
  policies = ["soft-anti-affinity"]
}

resource "openstack_compute_instance_v2" "web" {
  for_each = local.web_machines

  name        = "guestbook-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = data.openstack_compute_flavor_v2.web.name
  key_pair    = var.key_pair
  user_data   = local.web_user_data
  metadata    = merge(local.metadata, { tier = "web" })

  network {
    port = openstack_networking_port_v2.web_front[each.key].id
  }
  network {
    port = openstack_networking_port_v2.web_back[each.key].id
  }

  scheduler_hints {
    group = openstack_compute_servergroup_v2.web.id
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
      condition = local.web_files != toset(keys(local.web_content)) ? false : alltrue([
        for name, sha256 in local.web_content : filesha256("${path.module}/../../web/${name}") == sha256
      ])
      error_message = "web/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: web, Balance
resource "openstack_lb_loadbalancer_v2" "web" {
  name          = "guestbook-web"
  vip_subnet_id = openstack_networking_subnet_v2.web_balancer.id
}

# camp.yaml: web, Expose: as
resource "openstack_lb_listener_v2" "web" {
  name            = "guestbook-web"
  loadbalancer_id = openstack_lb_loadbalancer_v2.web.id
  protocol        = "HTTP"
  protocol_port   = 80

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "web" {
  name        = "guestbook-web"
  listener_id = openstack_lb_listener_v2.web.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: web, Balance: health
resource "openstack_lb_monitor_v2" "web" {
  name           = "guestbook-web"
  pool_id        = openstack_lb_pool_v2.web.id
  type           = "HTTP"
  http_method    = "GET"
  url_path       = "/healthz"
  expected_codes = "200"
  delay          = 5
  timeout        = 3
  max_retries    = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "web" {
  for_each = local.web_machines

  name          = "guestbook-${each.key}"
  pool_id       = openstack_lb_pool_v2.web.id
  subnet_id     = openstack_networking_subnet_v2.web_balancer.id
  address       = openstack_networking_port_v2.web_front[each.key].all_fixed_ips[0]
  protocol_port = 8080

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.web]
}

# camp.yaml: web, Expose: public
resource "openstack_networking_floatingip_v2" "web" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_lb_loadbalancer_v2.web.vip_port_id
  description = "guestbook-web"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.web_balancer]
}
