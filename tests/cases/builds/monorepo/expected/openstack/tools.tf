# camp.yaml: tools

locals {
  tools_address = openstack_networking_port_v2.tools_main.all_fixed_ips[0]

  # camp.yaml: tools, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  tools_content = {
    "tool.py" = "3229a3b17dfcca799d50f25e0650e7892f41f0fc62e2dfc0406d27d3a0af3aad"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  tools_files = toset([
    for name in fileset("${path.module}/../../tools", "**") : name
    if contains(keys(local.tools_content), name) || !can(regex(local.left_out, name))
  ])

  tools_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "tools" {
  name                 = "greetings-tools"
  description          = "Tier tools of greetings"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_port_v2" "tools_main" {
  name       = "greetings-tools-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.tools.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "tools" {
  name        = "greetings-tools-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.tools_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "tools" })

  user_data = templatefile("${path.module}/cloud-init/tools.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../tools"
    content      = local.tools_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.tools_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.tools_main.id
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
      condition = local.tools_files != toset(keys(local.tools_content)) ? false : alltrue([
        for name, sha256 in local.tools_content : filesha256("${path.module}/../../tools/${name}") == sha256
      ])
      error_message = "tools/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
