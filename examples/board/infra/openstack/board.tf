# camp.yaml: board

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  board_machines = { for n in range(1, var.board_count + 1) : "board-${n}" => n }

  # camp.yaml: board, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  board_content = {
    "apps/board/package.json"      = "f1f54360ebb63140f786cb7872adf89341d41815078f1b8db27d1acecb210134"
    "apps/board/public/index.html" = "a34fad02e4dcdb14a9a0a64e651c9485dc3bac04b416216f9a0d1fd9b2cec9ff"
    "apps/board/src/server.ts"     = "5c11952f135e3c32ab3ab9ce44ae71a589db719e99e2e055d4ddc595d98f18b2"
    "apps/board/src/store.ts"      = "6bc3ecdf093855537296b7924f8f220e490d85d3293fbd11dfb5cca7b09e18c4"
    "apps/board/tsconfig.json"     = "8df0d3e680c3a703ef4668df607bcd5013a7dfaff157066304762d83e049fba2"
    "package-lock.json"            = "cb924c1581acc5e5f8c4bb1cbc8f66908def467c2c3506c7462d232234697346"
    "package.json"                 = "fa24f4d7484f5fd3040ed8c19f7db6c3eccb215d78c9674487dcb2ccd459f092"
    "packages/notes/package.json"  = "0944ef1561ca81ac4018d63cd2926abdd1eca3104c9c40ac3495ba6a98e39a22"
    "packages/notes/src/notes.ts"  = "04abd11f15c1476aee0bfa25f99d5d4c443474deef8ff162b8e5e01b13fd5432"
    "packages/notes/tsconfig.json" = "5453783d1da09cdac31caafa35d5c3878961da063df0aefcb95143609a63dd2a"
  }

  board_environment = {
    NOTES_URL = "redis://:${random_password.notes.result}@${local.notes_address}:6379" # ConnectTo notes
    PORT      = "8080"                                                                 # Expose
    REDIS_URL = "redis://:${random_password.notes.result}@${local.notes_address}:6379" # ConnectTo notes
    TITLE     = var.title                                                              # Env
  }

  # All instances of the tier have the same user data.
  board_user_data = templatefile("${path.module}/cloud-init/board.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    content_root  = "${path.module}/../.."
    content       = local.board_content
    notes_address = local.notes_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.board_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

# environments/openstack.yaml: sizes; camp.yaml: board, Compute
data "openstack_compute_flavor_v2" "board" {
  name = "m1.small"

  lifecycle {
    postcondition {
      condition     = try(self.ram >= 2048, true)
      error_message = "The plan requires 2 GiB of memory for the tier board (camp.yaml: board, Compute)."
    }
  }
}

resource "openstack_networking_secgroup_v2" "board" {
  name                 = "board-board"
  description          = "Tier board of board"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: board, Balance; camp.yaml: board, Expose.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "board_from_balancer" {
  security_group_id = openstack_networking_secgroup_v2.board.id
  description       = "HTTP from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = openstack_networking_subnet_v2.board_balancer.cidr
}

# camp.yaml: board, ConnectTo notes
resource "openstack_networking_secgroup_rule_v2" "board_to_notes" {
  security_group_id = openstack_networking_secgroup_v2.board.id
  description       = "Redis to the tier notes"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.notes.id
}

resource "openstack_networking_port_v2" "board_main" {
  for_each = local.board_machines

  name       = "board-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.board.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "board" {
  for_each = local.board_machines

  name        = "board-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = data.openstack_compute_flavor_v2.board.name
  key_pair    = var.key_pair
  user_data   = local.board_user_data
  metadata    = merge(local.metadata, { tier = "board" })

  network {
    port = openstack_networking_port_v2.board_main[each.key].id
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
      condition = alltrue([
        for name, sha256 in local.board_content : filesha256("${path.module}/../../${name}") == sha256
      ])
      error_message = "the package has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: board, Balance
resource "openstack_lb_loadbalancer_v2" "board" {
  name          = "board-board"
  vip_subnet_id = openstack_networking_subnet_v2.board_balancer.id
}

# camp.yaml: board, Expose: as
resource "openstack_lb_listener_v2" "board" {
  name            = "board-board"
  loadbalancer_id = openstack_lb_loadbalancer_v2.board.id
  protocol        = "HTTP"
  protocol_port   = 80

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "board" {
  name        = "board-board"
  listener_id = openstack_lb_listener_v2.board.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: board, Balance: health
resource "openstack_lb_monitor_v2" "board" {
  name           = "board-board"
  pool_id        = openstack_lb_pool_v2.board.id
  type           = "HTTP"
  http_method    = "GET"
  url_path       = "/healthz"
  expected_codes = "200"
  delay          = 5
  timeout        = 3
  max_retries    = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "board" {
  for_each = local.board_machines

  name          = "board-${each.key}"
  pool_id       = openstack_lb_pool_v2.board.id
  subnet_id     = openstack_networking_subnet_v2.board_balancer.id
  address       = openstack_networking_port_v2.board_main[each.key].all_fixed_ips[0]
  protocol_port = 8080

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.board]
}

# camp.yaml: board, Expose: public
resource "openstack_networking_floatingip_v2" "board" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_lb_loadbalancer_v2.board.vip_port_id
  description = "board-board"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.board_balancer]
}
