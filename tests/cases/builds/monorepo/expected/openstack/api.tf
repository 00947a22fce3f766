# camp.yaml: api

locals {
  api_address = openstack_networking_port_v2.api_main.all_fixed_ips[0]

  # camp.yaml: api, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  api_content = {
    "apps/api/package.json"          = "b8307472fb28167dad656cedea1ad94a5c876422146f9aaba2f6f1cc6c67ac19"
    "apps/api/src/server.ts"         = "19ceb171fa322c6e70ca7d90c238e6db1696fd73ed879c4db6c2ca3b6b9dec14"
    "apps/api/src/worker.ts"         = "8744d8fa69252cf3a24928850b925909d46ecbd06561a64b7dcdab6be48b4044"
    "package.json"                   = "881ff349edcc581f6a91ac238e26ddf8fe549d301ecbbedc392c2598aac46a6c"
    "packages/greeting/package.json" = "c0c3f188395783e8dbd6272b2f4fa08f4cee59845269a0bf91c4a010cfed813d"
    "packages/greeting/src/index.ts" = "e5c96872505706e28f8562d08f6f11eb6b21c00abcbfe95a64f4a3bc6c1bf6c3"
    "tools/tool.py"                  = "3229a3b17dfcca799d50f25e0650e7892f41f0fc62e2dfc0406d27d3a0af3aad"
  }

  # The files of the package that are not content, and the outputs in it.
  api_left_out = "(^|/)\\.|(^|/)(CVS)/|^environments/.*\\.ya?ml$|^(camp\\.cert|camp\\.mf|camp\\.yaml)(/|$)"
  api_outputs  = [for file in fileset("${path.module}/../..", "**/.camp2iac.json") : "${dirname(file)}/"]

  # The files that exist. Of the files that were not compiled, only those that would be content.
  api_files = toset([
    for name in fileset("${path.module}/../..", "**") : name
    if contains(keys(local.api_content), name) || (!can(regex(local.left_out, name)) && !can(regex(local.api_left_out, name)) && !anytrue([for folder in local.api_outputs : startswith(name, folder)]))
  ])

  api_environment = {
    PORT = "8080" # Expose
  }
}

resource "openstack_networking_secgroup_v2" "api" {
  name                 = "greetings-api"
  description          = "Tier api of greetings"
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
  name       = "greetings-api-1-main"
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

resource "openstack_compute_instance_v2" "api" {
  name        = "greetings-api-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.api_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "api" })

  user_data = templatefile("${path.module}/cloud-init/api.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../.."
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
        for name, sha256 in local.api_content : filesha256("${path.module}/../../${name}") == sha256
      ])
      error_message = "the package has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: api, Expose: public
resource "openstack_networking_floatingip_v2" "api" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.api_main.id
  description = "greetings-api-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
