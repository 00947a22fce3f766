# camp.yaml: web

locals {
  web_address = openstack_networking_port_v2.web_main.all_fixed_ips[0]

  # camp.yaml: site, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  site_content = {
    "404.html"   = "40dc3ba1f74015ad669db5529c8f5c5b6fffe8bcf4d76b2dfb88a20097729727"
    "index.html" = "ea1b1e5a23fec1a0f023812002512dec0dd60de8c3769c0782d1ae1519496b24"
    "style.css"  = "ff1999c54f165b504e76a98a68f3c8b0bdd43241d9a4351b77fed232613bd9e8"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  site_files = toset([
    for name in fileset("${path.module}/../../public", "**") : name
    if contains(keys(local.site_content), name) || !can(regex(local.left_out, name))
  ])
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "tide-tables-web"
  description          = "Tier web of tide-tables"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: site, Expose
resource "openstack_networking_secgroup_rule_v2" "web_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "web_main" {
  name       = "tide-tables-web-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.web.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  name        = "tide-tables-web-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "web" })

  user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../public"
    content      = local.site_content
  })

  network {
    port = openstack_networking_port_v2.web_main.id
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
        for name, sha256 in local.site_content : filesha256("${path.module}/../../public/${name}") == sha256
      ])
      error_message = "public/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: site, Expose: public
resource "openstack_networking_floatingip_v2" "web" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.web_main.id
  description = "tide-tables-web-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
