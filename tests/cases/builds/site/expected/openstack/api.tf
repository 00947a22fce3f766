# camp.yaml: api

locals {
  api_address = openstack_networking_port_v2.api_main.all_fixed_ips[0]

  # camp.yaml: api, the SHA-256 of each file of its content.
  # archives/api.tar contains these files.
  api_content = {
    "package.json" = "952b2f067aa513a53e082d0f10d5392d2406623d280717dd0b63edd6bed8667a"
    "server.js"    = "81fd6a9fd18faeb89a13ca3a49ce8cdc1cb3fae4dbeb299e2fdf480647e2d0dd"
    "yarn.lock"    = "0d9b01a6ff9f4b388b9780d505ac931357cdf39f06f390c720a79880c788ece5"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  api_files = toset([
    for name in fileset("${path.module}/../../api", "**") : name
    if contains(keys(local.api_content), name) || !can(regex(local.left_out, name))
  ])

  # camp.yaml: api, content: the SHA-256 of the object
  api_sha256 = "b579183aaa7aa1f45f52f85d6ba5cfa7b0d5926d632f024ca8e3a9b2b9de65e2"

  api_environment = {
    PORT = "8082" # Expose
  }

  # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
  api_variables = join("", [
    for name, value in local.api_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
  ])
}

resource "openstack_networking_secgroup_v2" "api" {
  name                 = "orders-api"
  description          = "Tier api of orders"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: api, Expose
resource "openstack_networking_secgroup_rule_v2" "api_from_anywhere_8082" {
  security_group_id = openstack_networking_secgroup_v2.api.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8082
  port_range_max    = 8082
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
  name       = "orders-api-1-main"
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
        for name, sha256 in local.api_content : filesha256("${path.module}/../../api/${name}") == sha256
      ])
      error_message = "api/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
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
  name        = "orders-api-1"
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
  description = "orders-api-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
