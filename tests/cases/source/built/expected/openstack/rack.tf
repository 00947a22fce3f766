# camp.yaml: rack

locals {
  rack_address = openstack_networking_port_v2.rack_main.all_fixed_ips[0]

  # camp.yaml: rack, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  rack_content = {
    Gemfile        = "64946b0de6d92637183489fa76c2d0961193423c367249aca39ce1708842bd85"
    "Gemfile.lock" = "f9f7ad911e96ceb31be9066f586e47dff61d492b4816a45778aab8e30c038341"
    "config.ru"    = "b42008f9cff3d53855a8a5ae1720f5f47f5f4c020772663cec12ac4ee25a6e9b"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  rack_files = toset([
    for name in fileset("${path.module}/../../ruby", "**") : name
    if contains(keys(local.rack_content), name) || !can(regex(local.left_out, name))
  ])

  rack_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "rack" {
  name                 = "built-rack"
  description          = "Tier rack of built"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_port_v2" "rack_main" {
  name       = "built-rack-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.rack.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "rack" {
  name        = "built-rack-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "rack" })

  user_data = templatefile("${path.module}/cloud-init/rack.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../ruby"
    content      = local.rack_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.rack_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.rack_main.id
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
      condition = local.rack_files != toset(keys(local.rack_content)) ? false : alltrue([
        for name, sha256 in local.rack_content : filesha256("${path.module}/../../ruby/${name}") == sha256
      ])
      error_message = "ruby/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
