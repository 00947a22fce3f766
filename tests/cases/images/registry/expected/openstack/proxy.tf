# camp.yaml: proxy

locals {
  proxy_address = openstack_networking_port_v2.proxy_main.all_fixed_ips[0]

  proxy_environment = {
    PORT = "8081" # Expose
  }
}

resource "openstack_networking_secgroup_v2" "proxy" {
  name                 = "shop-proxy"
  description          = "Tier proxy of shop"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_port_v2" "proxy_main" {
  name       = "shop-proxy-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.proxy.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "proxy" {
  name        = "shop-proxy-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.proxy_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "proxy" })

  user_data = templatefile("${path.module}/cloud-init/proxy.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.proxy_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.proxy_main.id
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
