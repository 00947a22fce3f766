# camp.yaml: app

locals {
  app_address = openstack_networking_port_v2.app_main.all_fixed_ips[0]

  # camp.yaml: app, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  app_content = {
    Procfile       = "3e1f1eb10cab4aaf7d3874c508f30f7d7dfb5f70bd9ba56662350deea029d9b2"
    "migrate.js"   = "418aabb03810d5efe042b36f8b3fa275883d226aa681f2fb3338164881e45980"
    "mover.js"     = "e8d8b8e9035ae7e6b74f7bc54d36543c4ea4d6b1a91c2f307f49f2e6ac3e6d5c"
    "package.json" = "f0bac8c2c50127bf6cd5a6d238b6cec8b709cbfabf9a65fd9a1d5eb7bac546e9"
    "server.js"    = "275c0d4c60854e9a88cea89a5cec2966e038904f2287e9b58462bbb42a432a19"
    "worker.js"    = "31c7e6e2bfc9ba2f2dbdb718e836237f8b54c530e3b2b8602d8d2c172d90df84"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  app_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.app_content), name) || !can(regex(local.left_out, name))
  ])

  app_environment = {
    PORT  = "3000"    # Expose
    QUEUE = "letters" # Env
  }
}

resource "openstack_networking_secgroup_v2" "app" {
  name                 = "procfile-app"
  description          = "Tier app of procfile"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: app, Expose
resource "openstack_networking_secgroup_rule_v2" "app_from_anywhere_3000" {
  security_group_id = openstack_networking_secgroup_v2.app.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3000
  port_range_max    = 3000
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "app_main" {
  name       = "procfile-app-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.app.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "app" {
  name        = "procfile-app-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.app_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "app" })

  user_data = templatefile("${path.module}/cloud-init/app.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.app_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.app_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.app_main.id
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
      condition = local.app_files != toset(keys(local.app_content)) ? false : alltrue([
        for name, sha256 in local.app_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: app, Expose: public
resource "openstack_networking_floatingip_v2" "app" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.app_main.id
  description = "procfile-app-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
