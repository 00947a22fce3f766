# camp.yaml: pages

locals {
  pages_address = openstack_networking_port_v2.pages_main.all_fixed_ips[0]

  # camp.yaml: pages, the SHA-256 of each file of its content.
  # archives/pages.tar contains these files.
  pages_content = {
    "index.html"     = "96bc7da50322b36d7c0833eaedf911fbde3df95139b8554c4fe8f574e2993d32"
    "package.json"   = "59ad801358bb3f952f4fe150365f0b2a00f8626169e97a16d816f4c4966c7771"
    "src/main.js"    = "ce17854fbffd4934bd8200c9aeeec957b67de09e886a46a573481a0cc913f735"
    "vite.config.js" = "b95f9cc4039cde8c511ab983e3f56b30e2977dfdd3ee11f6ecef13143e53187a"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  pages_files = toset([
    for name in fileset("${path.module}/../../pages", "**") : name
    if contains(keys(local.pages_content), name) || !can(regex(local.left_out, name))
  ])

  # camp.yaml: pages, content: the SHA-256 of the object
  pages_sha256 = "372dd548ad225a9b41667a814fb6fe4756b66dcc4d806b78d1855f1788a2481c"
}

resource "openstack_networking_secgroup_v2" "pages" {
  name                 = "orders-pages"
  description          = "Tier pages of orders"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: pages, Expose
resource "openstack_networking_secgroup_rule_v2" "pages_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.pages.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_secgroup_rule_v2" "pages_to_object_store" {
  security_group_id = openstack_networking_secgroup_v2.pages.id
  description       = "To the object store"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = local.object_store_port
  port_range_max    = local.object_store_port
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "pages_main" {
  name       = "orders-pages-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.pages.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: pages, content
resource "openstack_objectstorage_object_v1" "pages_content" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "pages/${local.pages_sha256}.tar"
  source         = "${path.module}/archives/pages.tar"

  lifecycle {
    # The old object is deleted after all references have changed.
    create_before_destroy = true

    precondition {
      condition = local.pages_files != toset(keys(local.pages_content)) ? false : alltrue([
        for name, sha256 in local.pages_content : filesha256("${path.module}/../../pages/${name}") == sha256
      ])
      error_message = "pages/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
    precondition {
      condition     = try(filesha256("${path.module}/archives/pages.tar"), "") == local.pages_sha256
      error_message = "archives/pages.tar has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_objectstorage_tempurl_v1" "pages_content" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.pages_content.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

# camp.yaml: pages. Its instances read this object every minute. If it changes, they deploy the
# new release one after the other, and roll it back if it does not respond.
resource "openstack_objectstorage_object_v1" "pages_release" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "pages.release"

  content = join("\n", [
    "sha256 ${local.pages_sha256}",
    "url ${openstack_objectstorage_tempurl_v1.pages_content.url}",
    "machines 1",
    "form archive",
    "name app.tar",
    "",
    "",
  ])

  content_type = "text/plain"
}

resource "openstack_objectstorage_tempurl_v1" "pages_release" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.pages_release.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

resource "openstack_compute_instance_v2" "pages" {
  name        = "orders-pages-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.pages_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "pages" })

  user_data = templatefile("${path.module}/cloud-init/pages.yaml.tftpl", {
    scripts     = "${path.module}/cloud-init"
    release_url = openstack_objectstorage_tempurl_v1.pages_release.url
  })

  network {
    port = openstack_networking_port_v2.pages_main.id
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

# camp.yaml: pages, Expose: public
resource "openstack_networking_floatingip_v2" "pages" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.pages_main.id
  description = "orders-pages-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
