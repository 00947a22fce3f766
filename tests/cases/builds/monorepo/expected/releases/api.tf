# camp.yaml: api

locals {
  api_address = openstack_networking_port_v2.api_main.all_fixed_ips[0]

  # camp.yaml: api, the SHA-256 of each file of its content.
  # archives/api.tar contains these files.
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

  # camp.yaml: api, content: the SHA-256 of the object
  api_sha256 = "a15dc69c63c59c7146c59a5d5017e3bc4aa7120166d3be2ae8d4f502cf960c0c"

  api_environment = {
    PORT = "8080" # Expose
  }

  # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
  api_variables = join("", [
    for name, value in local.api_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
  ])
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

resource "openstack_networking_secgroup_rule_v2" "api_to_object_store" {
  security_group_id = openstack_networking_secgroup_v2.api.id
  description       = "To the object store"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = local.object_store_port
  port_range_max    = local.object_store_port
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

# camp.yaml: api, content
resource "openstack_objectstorage_object_v1" "api_content" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "api/${local.api_sha256}.tar"
  source         = "${path.module}/archives/api.tar"

  lifecycle {
    # The old object is deleted after all references have changed.
    create_before_destroy = true

    precondition {
      condition = local.api_files != toset(keys(local.api_content)) ? false : alltrue([
        for name, sha256 in local.api_content : filesha256("${path.module}/../../${name}") == sha256
      ])
      error_message = "the package has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
    precondition {
      condition     = try(filesha256("${path.module}/archives/api.tar"), "") == local.api_sha256
      error_message = "archives/api.tar has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_objectstorage_tempurl_v1" "api_content" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.api_content.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

# camp.yaml: api. Its instances read this object every minute. If it changes, they deploy the
# new release one after the other, and roll it back if it does not respond.
resource "openstack_objectstorage_object_v1" "api_release" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "api.release"

  content = join("\n", [
    "sha256 ${local.api_sha256}",
    "url ${openstack_objectstorage_tempurl_v1.api_content.url}",
    "machines 1",
    "form archive",
    "name app.tar",
    "",
    local.api_variables,
  ])

  content_type = "text/plain"
}

resource "openstack_objectstorage_tempurl_v1" "api_release" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.api_release.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

resource "openstack_compute_instance_v2" "api" {
  name        = "greetings-api-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.api_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "api" })

  user_data = templatefile("${path.module}/cloud-init/api.yaml.tftpl", {
    scripts     = "${path.module}/cloud-init"
    release_url = openstack_objectstorage_tempurl_v1.api_release.url
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
