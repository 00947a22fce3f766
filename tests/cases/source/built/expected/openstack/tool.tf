# camp.yaml: tool

locals {
  tool_address = openstack_networking_port_v2.tool_main.all_fixed_ips[0]

  # camp.yaml: tool, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  tool_content = {
    "pyproject.toml" = "5f236872ce5ccd889d772f0df42872ec47be1585f5ef2e1949c75177152a640c"
    "tool.py"        = "08d0a0587a858b7a198f3e2e8518cc91ef0b1176ab9e6d22d6280deea3e998c7"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  tool_files = toset([
    for name in fileset("${path.module}/../../project", "**") : name
    if contains(keys(local.tool_content), name) || !can(regex(local.left_out, name))
  ])

  tool_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "tool" {
  name                 = "built-tool"
  description          = "Tier tool of built"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_port_v2" "tool_main" {
  name       = "built-tool-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.tool.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "tool" {
  name        = "built-tool-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "tool" })

  user_data = templatefile("${path.module}/cloud-init/tool.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../project"
    content      = local.tool_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.tool_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.tool_main.id
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
      condition = local.tool_files != toset(keys(local.tool_content)) ? false : alltrue([
        for name, sha256 in local.tool_content : filesha256("${path.module}/../../project/${name}") == sha256
      ])
      error_message = "project/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
