# camp.yaml: api

locals {
  api_address = openstack_networking_port_v2.api_main.all_fixed_ips[0]

  # camp.yaml: api, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  api_content = {
    "Pipfile.lock"   = "01d09d19c2139a46aebfb577780d123d7396e97201bc7ead210a2ebff8239dee"
    "main.py"        = "2f3d0458962cd07942ddaa42ff89c892d9d668f250f917e77921c5a73f61f60b"
    "pyproject.toml" = "1fa67110eec4ee493c3d51767dcbd9dd94d09c58e38f9b55bf2c035b06659d8d"
    "uv.lock"        = "00897eaa5061a0755b19840b21076689a7f1faedafc97ed179f4a06a743a6062"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  api_files = toset([
    for name in fileset("${path.module}/../../uv", "**") : name
    if contains(keys(local.api_content), name) || !can(regex(local.left_out, name))
  ])

  api_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "api" {
  name                 = "built-api"
  description          = "Tier api of built"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: api, Expose
resource "openstack_networking_secgroup_rule_v2" "api_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.api.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "api_main" {
  name       = "built-api-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.api.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "api" {
  name        = "built-api-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "api" })

  user_data = templatefile("${path.module}/cloud-init/api.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../uv"
    content      = local.api_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.api_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.api_main.id
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
      condition = local.api_files != toset(keys(local.api_content)) ? false : alltrue([
        for name, sha256 in local.api_content : filesha256("${path.module}/../../uv/${name}") == sha256
      ])
      error_message = "uv/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: api, Expose: public
resource "openstack_networking_floatingip_v2" "api" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.api_main.id
  description = "built-api-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
