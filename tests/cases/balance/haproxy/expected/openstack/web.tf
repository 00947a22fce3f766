# camp.yaml: web

locals {
  # Machine => its number. Keys are stable: a machine that comes or goes leaves the others alone.
  web_machines = { for n in range(1, var.web_count + 1) : "web-${n}" => n }

  # Ports are there for as many as there may be: others know their addresses, and scaling changes none.
  web_slots     = { for n in range(1, 4) : "web-${n}" => n }
  web_addresses = [for n in range(1, 4) : openstack_networking_port_v2.web_main["web-${n}"].all_fixed_ips[0]]

  # camp.yaml: web, content: file => its SHA-256 when this was generated.
  # A changed line here means new machines; the machines compare what they received.
  web_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # What is there: of files that were not compiled, those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    PORT = "8080" # where it listens
  }

  # One document for the whole tier: nothing in it differs from machine to machine.
  web_user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.web_content

    # For systemd's EnvironmentFile: between double quotes only " \ $ and ` need a backslash.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "balanced-web"
  description          = "Tier web of balanced"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: balancer, Attributes; camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "web_from_balancer" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "HAProxy from the tier balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_group_id   = openstack_networking_secgroup_v2.balancer.id
}

resource "openstack_networking_port_v2" "web_main" {
  for_each = local.web_slots

  name       = "balanced-${each.key}-main"
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

# Flavor by environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  for_each = local.web_machines

  name        = "balanced-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.web_user_data
  metadata    = merge(local.metadata, { tier = "web" })

  network {
    port = openstack_networking_port_v2.web_main[each.key].id
  }

  # Packages are fetched at the first boot.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # A newer image of that name is for new machines: the provider would rebuild this one in place.
    # A machine is put into its server group when it is made; a running one cannot change it.
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
