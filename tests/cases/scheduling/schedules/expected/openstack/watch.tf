# camp.yaml: watch

locals {
  watch_address = openstack_networking_port_v2.watch_main.all_fixed_ips[0]

  # camp.yaml: watch, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  watch_content = {
    "announce.py" = "8d8dc5d72d077e866dde6a9fbaf26b0ae199707f92a189a96fcf6170cadc72df"
    "digest.py"   = "bb6f1969c8326ce8ca9338ef46f69c209c186e6e86eb274a4dd9480c89809513"
    "mail.py"     = "3a7903352526e06da9ac4419ccf3ca8f6e51f6133d6422330525ab8abd9b8177"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  watch_files = toset([
    for name in fileset("${path.module}/../../mail", "**") : name
    if contains(keys(local.watch_content), name) || !can(regex(local.left_out, name))
  ])

  watch_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "watch" {
  name                 = "shop-watch"
  description          = "Tier watch of shop"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_port_v2" "watch_main" {
  name       = "shop-watch-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.watch.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "watch" {
  name        = "shop-watch-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.watch_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "watch" })

  user_data = templatefile("${path.module}/cloud-init/watch.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../mail"
    content      = local.watch_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.watch_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.watch_main.id
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
      condition = local.watch_files != toset(keys(local.watch_content)) ? false : alltrue([
        for name, sha256 in local.watch_content : filesha256("${path.module}/../../mail/${name}") == sha256
      ])
      error_message = "mail/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
