# camp.yaml: app

locals {
  app_address = openstack_networking_port_v2.app_main.all_fixed_ips[0]

  # camp.yaml: app, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  app_content = {
    "main.py"          = "782b139e9fe83f7e86ecd5db2b5ab7c270fedee8814632f3545aedd4181bb90b"
    "requirements.txt" = "42096026db0efd4cd064401caca86c00b6a94a8652931e3c3113af66fa446fc2"
  }

  # The files of the package that are not content, and the outputs in it.
  app_left_out = "(^|/)\\.|(^|/)(CVS)/|^environments/.*\\.ya?ml$|^(camp\\.cert|camp\\.mf|camp\\.yaml)(/|$)"
  app_outputs  = [for file in fileset("${path.module}/../..", "**/.camp2iac.json") : "${dirname(file)}/"]

  # The files that exist. Of the files that were not compiled, only those that would be content.
  app_files = toset([
    for name in fileset("${path.module}/../..", "**") : name
    if contains(keys(local.app_content), name) || (!can(regex(local.left_out, name)) && !can(regex(local.app_left_out, name)) && !anytrue([for folder in local.app_outputs : startswith(name, folder)]))
  ])

  app_environment = {
    PLACE = "the cellar" # Env
    PORT  = "8080"       # its default port
    UNIT  = "celsius"    # Env
  }
}

resource "openstack_networking_secgroup_v2" "app" {
  name                 = "sensor-readings-app"
  description          = "Tier app of sensor-readings"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: app, public by default
resource "openstack_networking_secgroup_rule_v2" "app_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.app.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "app_main" {
  name       = "sensor-readings-app-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.app.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "app" {
  name        = "sensor-readings-app-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "app" })

  user_data = templatefile("${path.module}/cloud-init/app.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../.."
    content      = local.app_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.app_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.app_main.id
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

    precondition {
      condition = local.app_files != toset(keys(local.app_content)) ? false : alltrue([
        for name, sha256 in local.app_content : filesha256("${path.module}/../../${name}") == sha256
      ])
      error_message = "the package has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: app, public by default
resource "openstack_networking_floatingip_v2" "app" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.app_main.id
  description = "sensor-readings-app-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
