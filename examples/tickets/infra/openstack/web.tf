# camp.yaml: web

locals {
  web_address = openstack_networking_port_v2.web_main.all_fixed_ips[0]

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_content = {
    "package.json" = "ba2a6edd65e68f98f079bd3f477e1d354ec7bdf096f8c134d69c00ec11b1c4d3"
    "page.js"      = "2c8799389c46b4ffcc2d0a8b1ceaa8a63d7fa9f1924b508d7b6b0d4f5f9234d3"
    "server.js"    = "0775359bb52f2281bb4bee2650362c5d28e6c5d4e4c5be9ba7b2b3335f582332"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../web", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    CALL_TOKEN   = random_password.call_token.result                                # Env
    PEOPLE_HOST  = openstack_lb_loadbalancer_v2.people.vip_address                  # ConnectTo people
    PEOPLE_PORT  = "8080"                                                           # ConnectTo people
    PEOPLE_URL   = "http://${openstack_lb_loadbalancer_v2.people.vip_address}:8080" # ConnectTo people
    PORT         = "8080"                                                           # Expose
    TICKETS_HOST = local.tickets_address                                            # ConnectTo tickets
    TICKETS_PORT = "8080"                                                           # ConnectTo tickets
    TICKETS_URL  = "http://${local.tickets_address}:8080"                           # ConnectTo tickets
  }
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "tickets-web"
  description          = "Tier web of tickets"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, Expose
resource "openstack_networking_secgroup_rule_v2" "web_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: tickets, ConnectTo web
resource "openstack_networking_secgroup_rule_v2" "web_from_tickets" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "Calls from the tier tickets"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.tickets.id
}

# environments/openstack.yaml: ssh_from
resource "openstack_networking_secgroup_rule_v2" "web_ssh_from_bastion" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "SSH from the tier bastion"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 22
  port_range_max    = 22
  remote_group_id   = openstack_networking_secgroup_v2.bastion.id
}

# camp.yaml: web, ConnectTo people
resource "openstack_networking_secgroup_rule_v2" "web_to_people" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "Calls to people, through the load balancer"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = openstack_networking_subnet_v2.people_balancer.cidr
}

# camp.yaml: web, ConnectTo tickets
resource "openstack_networking_secgroup_rule_v2" "web_to_tickets" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "Calls to the tier tickets"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.tickets.id
}

resource "openstack_networking_port_v2" "web_main" {
  name       = "tickets-web-1-main"
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

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  name        = "tickets-web-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "web" })

  user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts        = "${path.module}/cloud-init"
    content_root   = "${path.module}/../../web"
    content        = local.web_content
    people_address = openstack_lb_loadbalancer_v2.people.vip_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.web_main.id
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

# camp.yaml: web, Expose: public
resource "openstack_networking_floatingip_v2" "web" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.web_main.id
  description = "tickets-web-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
