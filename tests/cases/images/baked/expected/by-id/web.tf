# camp.yaml: web

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  web_machines = { for n in range(1, var.web_count + 1) : "web-${n}" => n }

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_content = {
    "main.py"          = "3292c8924f594186a49e85cf76bb40b0019cc0db655fbfe2fda9124f48de733c"
    "requirements.txt" = "02854cc57bb5d863120d6f5db7dcacb1069f8252caef0e9c72c76524eefe0c8c"
    "run.sh"           = "c9197340b8c8c1b40699b2f202a953a51aa2dfd45e70e8b2a6234e7dea5f4720"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../web", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    DATABASE_URL = "postgresql://baked:${random_password.database.result}@${local.database_address}:5432/baked" # ConnectTo database
    PICTURE      = var.web_image                                                                                # Env
    PORT         = "8080"                                                                                       # its default port
    TOKEN        = random_password.token.result                                                                 # Env
  }

  # All instances of the tier have the same user data.
  web_user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    content_root     = "${path.module}/../../web"
    content          = local.web_content
    executables      = ["run.sh"]
    database_address = local.database_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "baked-next-web"
  description          = "Tier web of baked-next"
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

  name       = "baked-next-${each.key}-main"
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

# The baked image of the tier, if there is one.
data "openstack_images_image_v2" "web_baked" {
  count = var.web_baked_image == null ? 0 : 1

  name        = var.web_baked_image
  most_recent = true
}

# If the image has another version, Terraform only prints a warning.
check "web_baked_image" {
  assert {
    condition = alltrue([
      for image in data.openstack_images_image_v2.web_baked :
      image.properties == null || try(image.properties["camp2iac_install"], "") == "66b9041648267dbd2485d92c84be7315aece5e9f6aa6010d445d1a39707671d1"
    ])
    error_message = "The image that web_baked_image names has other software than this module, so new instances of the tier web install it again. To make a new image, run packer build images/web."
  }
}

resource "openstack_compute_instance_v2" "web" {
  for_each = local.web_machines

  name        = "baked-next-${each.key}"
  image_id    = var.web_baked_image == null ? "6b3e9d5c-3ab6-4b1a-9d0e-2f4c8a7e1b55" : data.openstack_images_image_v2.web_baked[0].id
  flavor_name = var.web_flavor
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
        for name, sha256 in local.web_content : filesha256("${path.module}/../../web/${name}") == sha256
      ])
      error_message = "web/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: web, Balance
resource "openstack_lb_loadbalancer_v2" "web" {
  name          = "baked-next-web"
  vip_subnet_id = openstack_networking_subnet_v2.web_balancer.id
}

# camp.yaml: web, Expose
resource "openstack_lb_listener_v2" "web_8080" {
  name            = "baked-next-web-8080"
  loadbalancer_id = openstack_lb_loadbalancer_v2.web.id
  protocol        = "HTTP"
  protocol_port   = 8080

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "web_8080" {
  name        = "baked-next-web-8080"
  listener_id = openstack_lb_listener_v2.web_8080.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: web, Balance
resource "openstack_lb_monitor_v2" "web_8080" {
  name        = "baked-next-web-8080"
  pool_id     = openstack_lb_pool_v2.web_8080.id
  type        = "TCP"
  delay       = 5
  timeout     = 3
  max_retries = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "web_8080" {
  for_each = local.web_machines

  name          = "baked-next-${each.key}"
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
  description = "baked-next-web"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.web_balancer]
}
