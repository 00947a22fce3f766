# camp.yaml: api

locals {
  # Machine => its number. Keys are stable: a machine that comes or goes leaves the others alone.
  api_machines = { for n in range(1, var.api_count + 1) : "api-${n}" => n }

  # Ports are there for as many as there may be: others know their addresses, and scaling changes none.
  api_slots     = { for n in range(1, 3) : "api-${n}" => n }
  api_addresses = [for n in range(1, 3) : openstack_networking_port_v2.api_back["api-${n}"].all_fixed_ips[0]]

  # camp.yaml: api, content: file => its SHA-256 when this was generated.
  # A changed line here means new machines; the machines compare what they received.
  api_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # What is there: of files that were not compiled, those that would be content.
  api_files = toset([
    for name in fileset("${path.module}/../../api", "**") : name
    if contains(keys(local.api_content), name) || !can(regex(local.left_out, name))
  ])

  api_environment = {
    CALLERS = join(",", local.web_back_addresses)                                      # Env
    FRONT   = "http://${local.web_front_addresses[0]}:8000/"                           # Env
    LITERAL = "IP(web) is text here"                                                   # Env
    PORT    = "8080"                                                                   # where it listens
    STORE   = "redis://:${random_password.store.result}@${local.store_address}:6379/0" # Env
  }

  # One document for the whole tier: nothing in it differs from machine to machine.
  api_user_data = templatefile("${path.module}/cloud-init/api.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../api"
    content      = local.api_content

    # For systemd's EnvironmentFile: between double quotes only " \ $ and ` need a backslash.
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
  description       = "TCP 6379 of the tier store"
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
  description       = "TCP 8000 of the tier web"
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

# Flavor by environments/openstack.yaml: sizes, the smallest.
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

  # Packages are fetched at the first boot.
  depends_on = [openstack_networking_router_interface_v2.back]

  lifecycle {
    # A newer image of that name is for new machines: the provider would rebuild this one in place.
    # A machine is put into its server group when it is made; a running one cannot change it.
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
