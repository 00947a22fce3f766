# camp.yaml: clock

locals {
  clock_address = openstack_networking_port_v2.clock_main.all_fixed_ips[0]

  # camp.yaml: clock, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  clock_content = {
    "pom.xml"                              = "a8e7baf686647e0527f2d94ddbf7d88b4b3847892d27b37e7b2fe31a7015a659"
    "src/main/java/org/example/Clock.java" = "5fa5a3b2fcfdc319af043c5c1cf6e798696cc07543773dcf1c5ebb6614c2c9c6"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  clock_files = toset([
    for name in fileset("${path.module}/../../java", "**") : name
    if contains(keys(local.clock_content), name) || !can(regex(local.left_out, name))
  ])

  clock_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "clock" {
  name                 = "built-clock"
  description          = "Tier clock of built"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_port_v2" "clock_main" {
  name       = "built-clock-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.clock.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "clock" {
  name        = "built-clock-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "clock" })

  user_data = templatefile("${path.module}/cloud-init/clock.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../java"
    content      = local.clock_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.clock_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.clock_main.id
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
      condition = local.clock_files != toset(keys(local.clock_content)) ? false : alltrue([
        for name, sha256 in local.clock_content : filesha256("${path.module}/../../java/${name}") == sha256
      ])
      error_message = "java/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
