# camp.yaml: bastion

locals {
  bastion_address = openstack_networking_port_v2.bastion_main.all_fixed_ips[0]
}

resource "openstack_networking_secgroup_v2" "bastion" {
  name                 = "tickets-bastion"
  description          = "Tier bastion of tickets"
  delete_default_rules = true
  tags                 = local.tags
}

# environments/openstack.yaml: ssh_from
resource "openstack_networking_secgroup_rule_v2" "bastion_ssh_from_192_0_2_0_24" {
  security_group_id = openstack_networking_secgroup_v2.bastion.id
  description       = "SSH from 192.0.2.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 22
  port_range_max    = 22
  remote_ip_prefix  = "192.0.2.0/24"
}

# environments/openstack.yaml: ssh_from
resource "openstack_networking_secgroup_rule_v2" "bastion_to_database_ssh" {
  security_group_id = openstack_networking_secgroup_v2.bastion.id
  description       = "SSH to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 22
  port_range_max    = 22
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

# environments/openstack.yaml: ssh_from
resource "openstack_networking_secgroup_rule_v2" "bastion_to_people_ssh" {
  security_group_id = openstack_networking_secgroup_v2.bastion.id
  description       = "SSH to the tier people"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 22
  port_range_max    = 22
  remote_group_id   = openstack_networking_secgroup_v2.people.id
}

# environments/openstack.yaml: ssh_from
resource "openstack_networking_secgroup_rule_v2" "bastion_to_tickets_ssh" {
  security_group_id = openstack_networking_secgroup_v2.bastion.id
  description       = "SSH to the tier tickets"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 22
  port_range_max    = 22
  remote_group_id   = openstack_networking_secgroup_v2.tickets.id
}

# environments/openstack.yaml: ssh_from
resource "openstack_networking_secgroup_rule_v2" "bastion_to_web_ssh" {
  security_group_id = openstack_networking_secgroup_v2.bastion.id
  description       = "SSH to the tier web"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 22
  port_range_max    = 22
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

resource "openstack_networking_port_v2" "bastion_main" {
  name       = "tickets-bastion-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.bastion.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "bastion" {
  name        = "tickets-bastion-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "bastion" })

  user_data = templatefile("${path.module}/cloud-init/bastion.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
  })

  network {
    port = openstack_networking_port_v2.bastion_main.id
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

# camp.yaml: bastion, Placement: floating
resource "openstack_networking_floatingip_v2" "bastion" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.bastion_main.id
  description = "tickets-bastion-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
