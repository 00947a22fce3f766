# camp.yaml: machine

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  machine_tier_machines = { for n in range(1, var.machine_count + 1) : "machine-${n}" => n }

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    MACHINE_TIER_URL = "redis://:${random_password.machine_tier.result}@${local.machine_tier_tier_address}:6379" # ConnectTo machine-tier
    PORT             = "8080"                                                                                    # its default port
    REDIS_URL        = "redis://:${random_password.machine_tier.result}@${local.machine_tier_tier_address}:6379" # ConnectTo machine-tier
  }

  # All instances of the tier have the same user data.
  machine_tier_user_data = templatefile("${path.module}/cloud-init/machine.yaml.tftpl", {
    scripts              = "${path.module}/cloud-init"
    content_root         = "${path.module}/../../app"
    content              = local.web_content
    machine_tier_address = local.machine_tier_tier_address
    gateway              = openstack_networking_subnet_v2.external_here.gateway_ip

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "machine_tier" {
  name                 = "namesakes-machine-tier"
  description          = "Tier machine of namesakes"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, public by default
resource "openstack_networking_secgroup_rule_v2" "machine_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.machine_tier.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: web, ConnectTo machine-tier
resource "openstack_networking_secgroup_rule_v2" "machine_to_machine_tier" {
  security_group_id = openstack_networking_secgroup_v2.machine_tier.id
  description       = "Redis to the tier machine-tier"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.machine_tier_tier.id
}

# camp.yaml: machine, Placement: networks
resource "openstack_networking_port_v2" "machine_tier_external_here" {
  for_each = local.machine_tier_machines

  name       = "namesakes-${each.key}-external"
  network_id = openstack_networking_network_v2.external_here.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.machine_tier.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.external_here.id
  }
}

resource "openstack_networking_port_v2" "machine_tier_external_here_here" {
  for_each = local.machine_tier_machines

  name       = "namesakes-${each.key}-external-here"
  network_id = openstack_networking_network_v2.external_here_here.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.machine_tier.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.external_here_here.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "machine_tier" {
  for_each = local.machine_tier_machines

  name        = "namesakes-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.tiny"
  key_pair    = var.key_pair
  user_data   = local.machine_tier_user_data
  metadata    = merge(local.metadata, { tier = "machine" })

  network {
    port = openstack_networking_port_v2.machine_tier_external_here[each.key].id
  }
  network {
    port = openstack_networking_port_v2.machine_tier_external_here_here[each.key].id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.external_here]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]

    precondition {
      condition = local.web_files != toset(keys(local.web_content)) ? false : alltrue([
        for name, sha256 in local.web_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: web, public by default
resource "openstack_networking_floatingip_v2" "machine_tier" {
  for_each = local.machine_tier_machines

  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.machine_tier_external_here[each.key].id
  description = "namesakes-${each.key}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.external_here]
}
