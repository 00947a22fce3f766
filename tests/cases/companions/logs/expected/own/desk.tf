# camp.yaml: desk

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  desk_machines = { for n in range(1, var.desk_count + 1) : "desk-${n}" => n }

  # camp.yaml: desk, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  desk_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  desk_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.desk_content), name) || !can(regex(local.left_out, name))
  ])

  desk_environment = {
    DATABASE_URL = "postgresql://told:${random_password.ledger.result}@${local.ledger_address}:5432/told" # ConnectTo ledger
    LEDGER_URL   = "postgresql://told:${random_password.ledger.result}@${local.ledger_address}:5432/told" # ConnectTo ledger
    PORT         = "8080"                                                                                 # Expose
  }

  # All instances of the tier have the same user data.
  desk_user_data = templatefile("${path.module}/cloud-init/desk.yaml.tftpl", {
    scripts        = "${path.module}/cloud-init"
    content_root   = "${path.module}/../../app"
    content        = local.desk_content
    ledger_address = local.ledger_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.desk_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "desk" {
  name                 = "told-desk"
  description          = "Tier desk of told"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: desk, Balance; camp.yaml: desk, Expose.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "desk_from_balancer_8080" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "HTTP from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = openstack_networking_subnet_v2.desk_balancer.cidr
}

# camp.yaml: desk, ConnectTo ledger
resource "openstack_networking_secgroup_rule_v2" "desk_to_ledger" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "PostgreSQL to the tier ledger"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.ledger.id
}

# environments/own.yaml: logs
resource "openstack_networking_secgroup_rule_v2" "desk_to_logs" {
  security_group_id = openstack_networking_secgroup_v2.desk.id
  description       = "Logs to 192.0.2.44"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 10514
  port_range_max    = 10514
  remote_ip_prefix  = "192.0.2.44/32"
}

resource "openstack_networking_port_v2" "desk_main" {
  for_each = local.desk_machines

  name       = "told-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.desk.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "desk" {
  for_each = local.desk_machines

  name        = "told-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.desk_flavor
  key_pair    = var.key_pair
  user_data   = local.desk_user_data
  metadata    = merge(local.metadata, { tier = "desk" })

  network {
    port = openstack_networking_port_v2.desk_main[each.key].id
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
      condition = local.desk_files != toset(keys(local.desk_content)) ? false : alltrue([
        for name, sha256 in local.desk_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: desk, Balance
resource "openstack_lb_loadbalancer_v2" "desk" {
  name          = "told-desk"
  vip_subnet_id = openstack_networking_subnet_v2.desk_balancer.id
}

# camp.yaml: desk, Expose
resource "openstack_lb_listener_v2" "desk_8080" {
  name            = "told-desk-8080"
  loadbalancer_id = openstack_lb_loadbalancer_v2.desk.id
  protocol        = "HTTP"
  protocol_port   = 8080

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "desk_8080" {
  name        = "told-desk-8080"
  listener_id = openstack_lb_listener_v2.desk_8080.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: desk, Balance
resource "openstack_lb_monitor_v2" "desk_8080" {
  name        = "told-desk-8080"
  pool_id     = openstack_lb_pool_v2.desk_8080.id
  type        = "TCP"
  delay       = 5
  timeout     = 3
  max_retries = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "desk_8080" {
  for_each = local.desk_machines

  name          = "told-${each.key}"
  pool_id       = openstack_lb_pool_v2.desk_8080.id
  subnet_id     = openstack_networking_subnet_v2.desk_balancer.id
  address       = openstack_networking_port_v2.desk_main[each.key].all_fixed_ips[0]
  protocol_port = 8080

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.desk]
}

# camp.yaml: desk, Expose: public
resource "openstack_networking_floatingip_v2" "desk" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_lb_loadbalancer_v2.desk.vip_port_id
  description = "told-desk"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.desk_balancer]
}
