# camp.yaml: api

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  api_machines = { for n in range(1, var.api_count + 1) : "api-${n}" => n }

  # Ports for the largest scale. Other instances use their addresses, so scaling must not change them.
  api_slots     = { for n in range(1, 3) : "api-${n}" => n }
  api_addresses = [for n in range(1, 3) : openstack_networking_port_v2.api_back["api-${n}"].all_fixed_ips[0]]

  # camp.yaml: api, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  api_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  api_files = toset([
    for name in fileset("${path.module}/../../api", "**") : name
    if contains(keys(local.api_content), name) || !can(regex(local.left_out, name))
  ])

  api_environment = {
    CALLERS = join(",", local.web_back_addresses)                                      # Env
    FRONT   = "http://${local.web_front_addresses[0]}:8000/"                           # Env
    LITERAL = "IP(web) is text here"                                                   # Env
    PORT    = "8080"                                                                   # its default port
    STORE   = "redis://:${random_password.store.result}@${local.store_address}:6379/0" # Env
  }

  # All instances of the tier have the same user data.
  api_user_data = templatefile("${path.module}/cloud-init/api.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../api"
    content      = local.api_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.api_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "api" {
  name                 = "acquainted-api"
  description          = "Tier api of acquainted"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: api, Ports
resource "openstack_networking_secgroup_rule_v2" "api_tcp_8080_from_web" {
  security_group_id = openstack_networking_secgroup_v2.api.id
  description       = "TCP 8080 from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

# camp.yaml: store, Ports
resource "openstack_networking_secgroup_rule_v2" "api_to_store_tcp_6379" {
  security_group_id = openstack_networking_secgroup_v2.api.id
  description       = "TCP 6379 to the tier store"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.store.id
}

# camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "api_to_web_tcp_8000" {
  security_group_id = openstack_networking_secgroup_v2.api.id
  description       = "TCP 8000 to the tier web"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8000
  port_range_max    = 8000
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

# camp.yaml: api, Placement: networks
resource "openstack_networking_port_v2" "api_back" {
  for_each = local.api_slots

  name       = "acquainted-${each.key}-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.api.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "api" {
  for_each = local.api_machines

  name        = "acquainted-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.api_user_data
  metadata    = merge(local.metadata, { tier = "api" })

  network {
    port = openstack_networking_port_v2.api_back[each.key].id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.back]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]

    precondition {
      condition = local.api_files != toset(keys(local.api_content)) ? false : alltrue([
        for name, sha256 in local.api_content : filesha256("${path.module}/../../api/${name}") == sha256
      ])
      error_message = "api/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
