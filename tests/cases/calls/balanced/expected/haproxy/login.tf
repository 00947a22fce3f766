# camp.yaml: login

locals {
  login_address = openstack_networking_port_v2.login_main.all_fixed_ips[0]

  # camp.yaml: login, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  login_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  login_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.login_content), name) || !can(regex(local.left_out, name))
  ])

  login_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "login" {
  name                 = "calls-login"
  description          = "Tier login of calls"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: login, Balance
resource "openstack_networking_secgroup_rule_v2" "login_8080_from_login_balancer" {
  security_group_id = openstack_networking_secgroup_v2.login.id
  description       = "HAProxy from the tier login-balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.login_balancer.id
}

resource "openstack_networking_port_v2" "login_main" {
  name       = "calls-login-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.login.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "login" {
  name        = "calls-login-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.login_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "login" })

  user_data = templatefile("${path.module}/cloud-init/login.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.login_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.login_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.login_main.id
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
      condition = local.login_files != toset(keys(local.login_content)) ? false : alltrue([
        for name, sha256 in local.login_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
