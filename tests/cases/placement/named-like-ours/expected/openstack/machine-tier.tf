# camp.yaml: machine-tier

locals {
  machine_tier_tier_address = openstack_networking_port_v2.machine_tier_tier_external_here_here.all_fixed_ips[0]
}

# The password of machine-tier. Letters and digits are safe in a URL without encoding.
resource "random_password" "machine_tier" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "machine_tier_tier" {
  name                 = "namesakes-machine-tier-tier"
  description          = "Tier machine-tier of namesakes"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo machine-tier
resource "openstack_networking_secgroup_rule_v2" "machine_tier_from_machine" {
  security_group_id = openstack_networking_secgroup_v2.machine_tier_tier.id
  description       = "Redis from the tier machine"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.machine_tier.id
}

# camp.yaml: machine-tier, Placement: networks
resource "openstack_networking_port_v2" "machine_tier_tier_external_here_here" {
  name       = "namesakes-machine-tier-1-external-here"
  network_id = openstack_networking_network_v2.external_here_here.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.machine_tier_tier.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.external_here_here.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "machine_tier_tier" {
  name        = "namesakes-machine-tier-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.tiny"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "machine-tier" })

  user_data = templatefile("${path.module}/cloud-init/machine-tier.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    address  = local.machine_tier_tier_address
    password = random_password.machine_tier.result
  })

  network {
    port = openstack_networking_port_v2.machine_tier_tier_external_here_here.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.external_here_here]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without machine-tier.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]
  }
}
