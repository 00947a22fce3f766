# camp.yaml: manual

locals {
  manual_address = openstack_networking_port_v2.manual_main.all_fixed_ips[0]

  # camp.yaml: manual, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  manual_content = {
    "make pages.js" = "d308e67440da25425ec7888faf942a5c9ca2b8e5501b1e07632eed40fe896d99"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  manual_files = toset([
    for name in fileset("${path.module}/../../manual", "**") : name
    if contains(keys(local.manual_content), name) || !can(regex(local.left_out, name))
  ])

  manual_environment = {
    PORT = "8081" # Expose
  }
}

resource "openstack_networking_secgroup_v2" "manual" {
  name                 = "orders-manual"
  description          = "Tier manual of orders"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: manual, Expose
resource "openstack_networking_secgroup_rule_v2" "manual_from_anywhere_8081" {
  security_group_id = openstack_networking_secgroup_v2.manual.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8081
  port_range_max    = 8081
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "manual_main" {
  name       = "orders-manual-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.manual.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "manual" {
  name        = "orders-manual-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.manual_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "manual" })

  user_data = templatefile("${path.module}/cloud-init/manual.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../manual"
    content      = local.manual_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.manual_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.manual_main.id
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
      condition = local.manual_files != toset(keys(local.manual_content)) ? false : alltrue([
        for name, sha256 in local.manual_content : filesha256("${path.module}/../../manual/${name}") == sha256
      ])
      error_message = "manual/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: manual, Expose: public
resource "openstack_networking_floatingip_v2" "manual" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.manual_main.id
  description = "orders-manual-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
