# camp.yaml: web

locals {
  web_address = openstack_networking_port_v2.web_main.all_fixed_ips[0]

  # camp.yaml: recipes, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  recipes_content = {
    "bin/sweep.php"    = "58fb88e297513e82d72c3dc0a876e241e88323e4c92babef26c6709b55d64497"
    "composer.json"    = "76bb3c9e8946b9364323eda4b25bf7e728c2f75bc4999d0d51851bbf7497caba"
    "public/index.php" = "796268605281a1f344dbc90264885ee243866d069c06a171fde20c0a6f2ddbf3"
    "public/style.css" = "de3f6e250b319af820ec3f363b3226f3ed4ab5d27551c73058bd3b14e818e275"
    "src/Book.php"     = "39b7781e065a82f88e46c66e2554ce59efec6ef9115f48b008f4c16f3411e870"
    "src/Pictures.php" = "d57b7641252ef968d8449f30e3a91d889139b635ba4a8b197280cd83cab90104"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  recipes_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.recipes_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    DATABASE_URL = "mysql://recipes:${random_password.database.result}@${local.database_address}:3306/recipes" # ConnectTo database
    LANGUAGE     = var.language                                                                                # Env
    PICTURES     = "/srv/pictures"                                                                             # Env
    PORT         = "8080"                                                                                      # Expose
    TITLE        = var.title                                                                                   # Env
  }
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "recipes-web"
  description          = "Tier web of recipes"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: recipes, Expose
resource "openstack_networking_secgroup_rule_v2" "web_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: recipes, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "web_to_database" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "MariaDB to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3306
  port_range_max    = 3306
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

resource "openstack_networking_port_v2" "web_main" {
  name       = "recipes-web-1-main"
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

# camp.yaml: web, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "web_pictures" {
  name                 = "recipes-web-1-pictures"
  size                 = 10
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "web" })
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  name        = "recipes-web-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "web" })

  user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    volume           = openstack_blockstorage_volume_v3.web_pictures.id
    content_root     = "${path.module}/../../app"
    content          = local.recipes_content
    database_address = local.database_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.web_main.id
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
      condition = local.recipes_files != toset(keys(local.recipes_content)) ? false : alltrue([
        for name, sha256 in local.recipes_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "web_pictures" {
  instance_id = openstack_compute_instance_v2.web.id
  volume_id   = openstack_blockstorage_volume_v3.web_pictures.id
}

# camp.yaml: recipes, Expose: public
resource "openstack_networking_floatingip_v2" "web" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.web_main.id
  description = "recipes-web-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
