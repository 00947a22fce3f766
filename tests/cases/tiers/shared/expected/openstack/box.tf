# camp.yaml: box

locals {
  box_address = openstack_networking_port_v2.box_main.all_fixed_ips[0]

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    CACHE_URL    = "redis://:${random_password.cache.result}@127.0.0.1:6379"                              # ConnectTo cache
    DATABASE_URL = "postgresql://all-in-one:${random_password.database.result}@127.0.0.1:5432/all-in-one" # ConnectTo database
    PORT         = "8080"                                                                                 # Expose
    REDIS_URL    = "redis://:${random_password.cache.result}@127.0.0.1:6379"                              # ConnectTo cache
  }
}

# The password of database. Letters and digits are safe in a URL without encoding.
resource "random_password" "database" {
  length  = 32
  special = false
}

# The password of cache. Letters and digits are safe in a URL without encoding.
resource "random_password" "cache" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "box" {
  name                 = "all-in-one-box"
  description          = "Tier box of all-in-one"
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

resource "openstack_networking_port_v2" "box_main" {
  name       = "all-in-one-box-1-main"
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

# camp.yaml: database, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "box_data" {
  name                 = "all-in-one-box-1-data"
  size                 = 5
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "box" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without database.
    prevent_destroy = true
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "box" {
  name        = "all-in-one-box-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "box" })

  user_data = templatefile("${path.module}/cloud-init/box.yaml.tftpl", {
    scripts           = "${path.module}/cloud-init"
    database_volume   = openstack_blockstorage_volume_v3.box_data.id
    database_address  = local.box_address
    database_password = random_password.database.result
    cache_address     = local.box_address
    cache_password    = random_password.cache.result
    web_content_root  = "${path.module}/../../app"
    web_content       = local.web_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    web_environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.box_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without box.
    prevent_destroy = true

    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]

    precondition {
      condition = local.web_files != toset(keys(local.web_content)) ? false : alltrue([
        for name, sha256 in local.web_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "box_data" {
  instance_id = openstack_compute_instance_v2.box.id
  volume_id   = openstack_blockstorage_volume_v3.box_data.id
}

# camp.yaml: box, Placement: floating; camp.yaml: web, Expose: public
resource "openstack_networking_floatingip_v2" "box" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.box_main.id
  description = "all-in-one-box-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
