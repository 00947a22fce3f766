# camp.yaml: box

locals {
  box_address = openstack_networking_port_v2.box_main.all_fixed_ips[0]

  # camp.yaml: web, content: the SHA-256 of the object
  web_sha256 = "c195b12dde3d0a12fefdaedc54487b6021c564830013ce36ddae59703bce86fe"

  web_environment = {
    DATABASE_URL = "postgresql://shop:${random_password.database.result}@${local.database_address}:5432/shop" # ConnectTo database
    GREETING     = "it's \"here\", $${HOME}"                                                                  # Env
    PORT         = "8080"                                                                                     # Expose
  }

  # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
  web_variables = join("", [
    for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
  ])
}

resource "openstack_networking_secgroup_v2" "box" {
  name                 = "shop-box"
  description          = "Tier box of shop"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, Expose
resource "openstack_networking_secgroup_rule_v2" "box_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.box.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: web, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "box_to_database" {
  security_group_id = openstack_networking_secgroup_v2.box.id
  description       = "PostgreSQL to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

resource "openstack_networking_secgroup_rule_v2" "box_to_object_store" {
  security_group_id = openstack_networking_secgroup_v2.box.id
  description       = "To the object store"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = local.object_store_port
  port_range_max    = local.object_store_port
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_secgroup_rule_v2" "box_to_registry" {
  security_group_id = openstack_networking_secgroup_v2.box.id
  description       = "To the registry of its images"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5000
  port_range_max    = 5000
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "box_main" {
  name       = "shop-box-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.box.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: web, content
resource "openstack_objectstorage_object_v1" "web_content" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "web/${local.web_sha256}"
  source         = "${path.module}/content/web"

  lifecycle {
    # The old object is deleted after all references have changed.
    create_before_destroy = true

    precondition {
      condition     = filesha256("${path.module}/content/web") == local.web_sha256
      error_message = "the content of web has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_objectstorage_tempurl_v1" "web_content" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.web_content.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

# camp.yaml: web. Its instances read this object every minute. If it changes, they deploy the
# new release one after the other, and roll it back if it does not respond.
resource "openstack_objectstorage_object_v1" "web_release" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "web.release"

  content = join("\n", [
    "sha256 ${local.web_sha256}",
    "url ${openstack_objectstorage_tempurl_v1.web_content.url}",
    "machines 1",
    "form file",
    "name web",
    "",
    local.web_variables,
  ])

  content_type = "text/plain"
}

resource "openstack_objectstorage_tempurl_v1" "web_release" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.web_release.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

resource "openstack_compute_instance_v2" "box" {
  name        = "shop-box-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.box_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "box" })

  user_data = templatefile("${path.module}/cloud-init/box.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    registry_login   = base64encode("puller:${var.registry_password_registry_example_org_5000}")
    database_address = local.database_address
    release_url      = openstack_objectstorage_tempurl_v1.web_release.url
  })

  network {
    port = openstack_networking_port_v2.box_main.id
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

# camp.yaml: web, Expose: public
resource "openstack_networking_floatingip_v2" "box" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.box_main.id
  description = "shop-box-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
