# camp.yaml: tickets

locals {
  tickets_address = openstack_networking_port_v2.tickets_main.all_fixed_ips[0]

  # camp.yaml: tickets, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  tickets_content = {
    "cmd/archive/main.go"     = "aab0f280f9627f40a827be351dbcfbadf8c81425c2134f60f731edb196a408ae"
    "cmd/server/main.go"      = "33e49a25e633fd650737ed50a17d6400d4d751358460ca6f2952ef247fe00bab"
    "go.mod"                  = "c07edb0595b4deb74dc74d29e0f33d1446530431f519670b3a78e33e37e216d2"
    "go.sum"                  = "0c75b2bfd80efa65cd4706c7ba3c5ba6e1fe0a5f8ca2dd0ad04d83958cee82f0"
    "internal/peers/peers.go" = "aa4cae2e656958444fc223729a3eec15da84a4826b18e20ef8d7ae85a36ddca9"
    "internal/store/store.go" = "55972469651922c1e9e2780acfc0c5bd884d1ce735f60a24b55b34a3226be2fe"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  tickets_files = toset([
    for name in fileset("${path.module}/../../tickets", "**") : name
    if contains(keys(local.tickets_content), name) || !can(regex(local.left_out, name))
  ])

  tickets_environment = {
    CALL_TOKEN   = random_password.call_token.result                                                                # Env
    DATABASE_URL = "postgresql://tickets:${random_password.database.result}@${local.database_address}:5432/tickets" # ConnectTo database
    DAYS         = var.days                                                                                         # Env
    PEOPLE_HOST  = openstack_lb_loadbalancer_v2.people.vip_address                                                  # ConnectTo people
    PEOPLE_PORT  = "8080"                                                                                           # ConnectTo people
    PEOPLE_URL   = "http://${openstack_lb_loadbalancer_v2.people.vip_address}:8080"                                 # ConnectTo people
    PORT         = "8080"                                                                                           # its default port
    WEB_HOST     = local.web_address                                                                                # ConnectTo web
    WEB_PORT     = "8080"                                                                                           # ConnectTo web
    WEB_URL      = "http://${local.web_address}:8080"                                                               # ConnectTo web
  }
}

resource "openstack_networking_secgroup_v2" "tickets" {
  name                 = "tickets-tickets"
  description          = "Tier tickets of tickets"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo tickets
resource "openstack_networking_secgroup_rule_v2" "tickets_from_web" {
  security_group_id = openstack_networking_secgroup_v2.tickets.id
  description       = "Calls from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

# environments/openstack.yaml: ssh_from
resource "openstack_networking_secgroup_rule_v2" "tickets_ssh_from_bastion" {
  security_group_id = openstack_networking_secgroup_v2.tickets.id
  description       = "SSH from the tier bastion"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 22
  port_range_max    = 22
  remote_group_id   = openstack_networking_secgroup_v2.bastion.id
}

# camp.yaml: tickets, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "tickets_to_database" {
  security_group_id = openstack_networking_secgroup_v2.tickets.id
  description       = "PostgreSQL to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

# camp.yaml: tickets, ConnectTo people
resource "openstack_networking_secgroup_rule_v2" "tickets_to_people" {
  security_group_id = openstack_networking_secgroup_v2.tickets.id
  description       = "Calls to people, through the load balancer"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = openstack_networking_subnet_v2.people_balancer.cidr
}

# camp.yaml: tickets, ConnectTo web
resource "openstack_networking_secgroup_rule_v2" "tickets_to_web" {
  security_group_id = openstack_networking_secgroup_v2.tickets.id
  description       = "Calls to the tier web"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

resource "openstack_networking_port_v2" "tickets_main" {
  name       = "tickets-tickets-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.tickets.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "tickets" {
  name        = "tickets-tickets-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "tickets" })

  user_data = templatefile("${path.module}/cloud-init/tickets.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    content_root     = "${path.module}/../../tickets"
    content          = local.tickets_content
    database_address = local.database_address
    people_address   = openstack_lb_loadbalancer_v2.people.vip_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.tickets_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.tickets_main.id
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
      condition = local.tickets_files != toset(keys(local.tickets_content)) ? false : alltrue([
        for name, sha256 in local.tickets_content : filesha256("${path.module}/../../tickets/${name}") == sha256
      ])
      error_message = "tickets/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
