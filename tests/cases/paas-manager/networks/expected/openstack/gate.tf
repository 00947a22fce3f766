# camp.yaml: gate

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  gate_machines = { for n in range(1, var.gate_count + 1) : "gate-${n}" => n }

  # All instances of the tier have the same user data.
  gate_user_data = templatefile("${path.module}/cloud-init/gate.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
    gateway = openstack_networking_subnet_v2.outer.gateway_ip
  })
}

resource "openstack_networking_secgroup_v2" "gate" {
  name                 = "networks-gate"
  description          = "Tier gate of networks"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: vault, Ports
resource "openstack_networking_secgroup_rule_v2" "gate_to_vault_tcp_8200" {
  security_group_id = openstack_networking_secgroup_v2.gate.id
  description       = "TCP 8200 to the tier vault"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8200
  port_range_max    = 8200
  remote_group_id   = openstack_networking_secgroup_v2.vault.id
}

# camp.yaml: gate, Placement: networks
resource "openstack_networking_port_v2" "gate_outer" {
  for_each = local.gate_machines

  name       = "networks-${each.key}-outer"
  network_id = openstack_networking_network_v2.outer.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.gate.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.outer.id
  }
}

resource "openstack_networking_port_v2" "gate_inner" {
  for_each = local.gate_machines

  name       = "networks-${each.key}-inner"
  network_id = openstack_networking_network_v2.inner.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.gate.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.inner.id
  }
}

# camp.yaml: gate, Placement: together
resource "openstack_compute_servergroup_v2" "gate" {
  name     = "networks-gate"
  policies = ["affinity"]
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "gate" {
  for_each = local.gate_machines

  name        = "networks-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.gate_user_data
  metadata    = merge(local.metadata, { tier = "gate" })

  network {
    port = openstack_networking_port_v2.gate_outer[each.key].id
  }
  network {
    port = openstack_networking_port_v2.gate_inner[each.key].id
  }

  scheduler_hints {
    group = openstack_compute_servergroup_v2.gate.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.outer]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
