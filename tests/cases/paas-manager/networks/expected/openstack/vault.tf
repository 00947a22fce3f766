# camp.yaml: vault

locals {
  vault_address = openstack_networking_port_v2.vault_inner.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "vault" {
  name                 = "networks-vault"
  description          = "Tier vault of networks"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: vault, Ports
resource "openstack_networking_secgroup_rule_v2" "vault_tcp_8200_from_gate" {
  security_group_id = openstack_networking_secgroup_v2.vault.id
  description       = "TCP 8200 from the tier gate"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8200
  port_range_max    = 8200
  remote_group_id   = openstack_networking_secgroup_v2.gate.id
}

# camp.yaml: vault, Placement: networks
resource "openstack_networking_port_v2" "vault_inner" {
  name       = "networks-vault-1-inner"
  network_id = openstack_networking_network_v2.inner.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.vault.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.inner.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "vault" {
  name        = "networks-vault-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "vault" })

  user_data = templatefile("${path.module}/cloud-init/vault.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
  })

  network {
    port = openstack_networking_port_v2.vault_inner.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.inner]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
