# camp.yaml: site

locals {
  site_address = openstack_networking_port_v2.site_main.all_fixed_ips[0]

  # camp.yaml: site, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  site_content = {
    "pom.xml"                   = "a852a8fa55fcc067e65db4453d3f71c35de8adcafd4bc82931c5b2810817c463"
    "src/main/webapp/index.jsp" = "5e5b60410353e543cfb8bcd95ed908bbda8dd7e2077d3bf4ba760f58870303a8"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  site_files = toset([
    for name in fileset("${path.module}/../../site", "**") : name
    if contains(keys(local.site_content), name) || !can(regex(local.left_out, name))
  ])

  site_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "site" {
  name                 = "built-site"
  description          = "Tier site of built"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_port_v2" "site_main" {
  name       = "built-site-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.site.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "site" {
  name        = "built-site-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "site" })

  user_data = templatefile("${path.module}/cloud-init/site.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../site"
    content      = local.site_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.site_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.site_main.id
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
      condition = local.site_files != toset(keys(local.site_content)) ? false : alltrue([
        for name, sha256 in local.site_content : filesha256("${path.module}/../../site/${name}") == sha256
      ])
      error_message = "site/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
