# camp.yaml: proxy

locals {
  proxy_address = openstack_networking_port_v2.proxy_main.all_fixed_ips[0]

  # camp.yaml: proxy, content: the SHA-256 of the object
  proxy_sha256 = "fe2331f8da7e16d4ca64d93d8035883d0319cca17b68cae98206db4a8b1190dd"

  proxy_environment = {
    PORT = "8081" # Expose
  }

  # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
  proxy_variables = join("", [
    for name, value in local.proxy_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
  ])
}

resource "openstack_networking_secgroup_v2" "proxy" {
  name                 = "shop-proxy"
  description          = "Tier proxy of shop"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_secgroup_rule_v2" "proxy_to_object_store" {
  security_group_id = openstack_networking_secgroup_v2.proxy.id
  description       = "To the object store"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = local.object_store_port
  port_range_max    = local.object_store_port
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "proxy_main" {
  name       = "shop-proxy-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.proxy.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: proxy, content
resource "openstack_objectstorage_object_v1" "proxy_content" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "proxy/${local.proxy_sha256}"
  source         = "${path.module}/content/proxy"

  lifecycle {
    # The old object is deleted after all references have changed.
    create_before_destroy = true

    precondition {
      condition     = filesha256("${path.module}/content/proxy") == local.proxy_sha256
      error_message = "the content of proxy has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_objectstorage_tempurl_v1" "proxy_content" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.proxy_content.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

# camp.yaml: proxy. Its instances read this object every minute. If it changes, they deploy the
# new release one after the other, and roll it back if it does not respond.
resource "openstack_objectstorage_object_v1" "proxy_release" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "proxy.release"

  content = join("\n", [
    "sha256 ${local.proxy_sha256}",
    "url ${openstack_objectstorage_tempurl_v1.proxy_content.url}",
    "machines 1",
    "form file",
    "name proxy",
    "",
    local.proxy_variables,
  ])

  content_type = "text/plain"
}

resource "openstack_objectstorage_tempurl_v1" "proxy_release" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.proxy_release.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

resource "openstack_compute_instance_v2" "proxy" {
  name        = "shop-proxy-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.proxy_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "proxy" })

  user_data = templatefile("${path.module}/cloud-init/proxy.yaml.tftpl", {
    scripts        = "${path.module}/cloud-init"
    registry_login = base64encode("example:${var.registry_password_docker_io}")
    release_url    = openstack_objectstorage_tempurl_v1.proxy_release.url
  })

  network {
    port = openstack_networking_port_v2.proxy_main.id
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
