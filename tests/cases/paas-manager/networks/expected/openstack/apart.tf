# camp.yaml: apart

locals {
  apart_address = openstack_networking_port_v2.apart_main.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "apart" {
  name                 = "networks-apart"
  description          = "Tier apart of networks"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_port_v2" "apart_main" {
  name       = "networks-apart-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.apart.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "apart" {
  name        = "networks-apart-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "apart" })

  user_data = templatefile("${path.module}/cloud-init/apart.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
  })

  network {
    port = openstack_networking_port_v2.apart_main.id
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
  }
}
