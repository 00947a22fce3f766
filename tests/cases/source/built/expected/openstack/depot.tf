# camp.yaml: depot

locals {
  depot_address = openstack_networking_port_v2.depot_main.all_fixed_ips[0]

  # camp.yaml: depot, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  depot_content = {
    "cmd/mailer/main.go"                = "4b295af651684715e7952f070e13bf877ef66ca6ed31ff21631e2de522910046"
    "cmd/server/main.go"                = "e63e83f65b73545d18c48d54960b7a6f7fb775ce6c9eb29888e8ea0a49246f83"
    "go.mod"                            = "c4a4b17a7bd80612ebba016fcd550fb7d41a5572635d65ccd04736bb436e4a45"
    "vendor/example.org/words/words.go" = "a66715718b44baf05c4a9a6f9b1856cfadd361876f3e151138da8a10867cfa58"
    "vendor/modules.txt"                = "e09491f7d582811610ceeca6752ae7f756f1d107a6c75607c1579066471a37c5"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  depot_files = toset([
    for name in fileset("${path.module}/../../go", "**") : name
    if contains(keys(local.depot_content), name) || !can(regex(local.left_out, name))
  ])

  depot_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "depot" {
  name                 = "built-depot"
  description          = "Tier depot of built"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_port_v2" "depot_main" {
  name       = "built-depot-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.depot.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "depot" {
  name        = "built-depot-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "depot" })

  user_data = templatefile("${path.module}/cloud-init/depot.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../go"
    content      = local.depot_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.depot_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.depot_main.id
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
      condition = local.depot_files != toset(keys(local.depot_content)) ? false : alltrue([
        for name, sha256 in local.depot_content : filesha256("${path.module}/../../go/${name}") == sha256
      ])
      error_message = "go/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
