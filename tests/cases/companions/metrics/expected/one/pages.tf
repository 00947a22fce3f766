# camp.yaml: pages

locals {
  pages_address = openstack_networking_port_v2.pages_main.all_fixed_ips[0]

  # camp.yaml: guide, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  guide_content = {
    "index.html" = "1521975d3feceff468a0eae27910914abde4d55d4572dc2c61a860d1f907131c"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  guide_files = toset([
    for name in fileset("${path.module}/../../pages", "**") : name
    if contains(keys(local.guide_content), name) || !can(regex(local.left_out, name))
  ])
}

resource "openstack_networking_secgroup_v2" "pages" {
  name                 = "gauged-pages"
  description          = "Tier pages of gauged"
  delete_default_rules = true
  tags                 = local.tags
}

# environments/one.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "pages_metrics_9100_from_198_51_100_7_32" {
  security_group_id = openstack_networking_secgroup_v2.pages.id
  description       = "Metrics of the instance from 198.51.100.7/32"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9100
  port_range_max    = 9100
  remote_ip_prefix  = "198.51.100.7/32"
}

# environments/one.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "pages_metrics_pages_9113_from_198_51_100_7_32" {
  security_group_id = openstack_networking_secgroup_v2.pages.id
  description       = "Metrics of nginx from 198.51.100.7/32"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9113
  port_range_max    = 9113
  remote_ip_prefix  = "198.51.100.7/32"
}

resource "openstack_networking_port_v2" "pages_main" {
  name       = "gauged-pages-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.pages.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "pages" {
  name        = "gauged-pages-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.pages_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "pages" })

  user_data = templatefile("${path.module}/cloud-init/pages.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../pages"
    content      = local.guide_content
  })

  network {
    port = openstack_networking_port_v2.pages_main.id
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
      condition = local.guide_files != toset(keys(local.guide_content)) ? false : alltrue([
        for name, sha256 in local.guide_content : filesha256("${path.module}/../../pages/${name}") == sha256
      ])
      error_message = "pages/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
