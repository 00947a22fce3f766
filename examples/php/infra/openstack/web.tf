# camp.yaml: web

locals {
  web_address = openstack_networking_port_v2.web_main.all_fixed_ips[0]

  # camp.yaml: recipes, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  recipes_content = {
    "composer.json" = "6c3bc688a2b035e4e225616e74c30f71a0e1fe4d57c9cd7882b065f34766252c"
    "index.php"     = "699e4b1824de3ce3a90aa79075e7e49781e438d0f1839919460dd791e56534eb"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  recipes_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.recipes_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    DATABASE_URL = "mysql://recipes:${random_password.database.result}@${local.database_address}:3306/recipes" # ConnectTo database
    PORT         = "8080"                                                                                      # Expose
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

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  name        = "recipes-web-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "web" })

  user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
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

# camp.yaml: recipes, Expose: public
resource "openstack_networking_floatingip_v2" "web" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.web_main.id
  description = "recipes-web-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
