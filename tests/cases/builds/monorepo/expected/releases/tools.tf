# camp.yaml: tools

locals {
  tools_address = openstack_networking_port_v2.tools_main.all_fixed_ips[0]

  # camp.yaml: tools, the SHA-256 of each file of its content.
  # archives/tools.tar contains these files.
  tools_content = {
    "tool.py" = "3229a3b17dfcca799d50f25e0650e7892f41f0fc62e2dfc0406d27d3a0af3aad"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  tools_files = toset([
    for name in fileset("${path.module}/../../tools", "**") : name
    if contains(keys(local.tools_content), name) || !can(regex(local.left_out, name))
  ])

  # camp.yaml: tools, content: the SHA-256 of the object
  tools_sha256 = "1fd98311e288668eb50543b2d59eb22590e3091dfa9aafbe6254b712ceb5bc30"

  tools_environment = {
    PORT = "8080" # its default port
  }

  # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
  tools_variables = join("", [
    for name, value in local.tools_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
  ])
}

resource "openstack_networking_secgroup_v2" "tools" {
  name                 = "greetings-tools"
  description          = "Tier tools of greetings"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_secgroup_rule_v2" "tools_to_object_store" {
  security_group_id = openstack_networking_secgroup_v2.tools.id
  description       = "To the object store"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = local.object_store_port
  port_range_max    = local.object_store_port
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "tools_main" {
  name       = "greetings-tools-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.tools.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: tools, content
resource "openstack_objectstorage_object_v1" "tools_content" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "tools/${local.tools_sha256}.tar"
  source         = "${path.module}/archives/tools.tar"

  lifecycle {
    # The old object is deleted after all references have changed.
    create_before_destroy = true

    precondition {
      condition = local.tools_files != toset(keys(local.tools_content)) ? false : alltrue([
        for name, sha256 in local.tools_content : filesha256("${path.module}/../../tools/${name}") == sha256
      ])
      error_message = "tools/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
    precondition {
      condition     = try(filesha256("${path.module}/archives/tools.tar"), "") == local.tools_sha256
      error_message = "archives/tools.tar has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_objectstorage_tempurl_v1" "tools_content" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.tools_content.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

# camp.yaml: tools. Its instances read this object every minute. If it changes, they deploy the
# new release one after the other, and roll it back if it does not respond.
resource "openstack_objectstorage_object_v1" "tools_release" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "tools.release"

  content = join("\n", [
    "sha256 ${local.tools_sha256}",
    "url ${openstack_objectstorage_tempurl_v1.tools_content.url}",
    "machines 1",
    "form archive",
    "name app.tar",
    "",
    local.tools_variables,
  ])

  content_type = "text/plain"
}

resource "openstack_objectstorage_tempurl_v1" "tools_release" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.tools_release.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

resource "openstack_compute_instance_v2" "tools" {
  name        = "greetings-tools-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.tools_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "tools" })

  user_data = templatefile("${path.module}/cloud-init/tools.yaml.tftpl", {
    scripts     = "${path.module}/cloud-init"
    release_url = openstack_objectstorage_tempurl_v1.tools_release.url
  })

  network {
    port = openstack_networking_port_v2.tools_main.id
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
