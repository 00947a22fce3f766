# camp.yaml: database

locals {
  database_address = openstack_networking_port_v2.database_main.all_fixed_ips[0]
}

# The password of database. Letters and digits are safe in a URL without encoding.
resource "random_password" "database" {
  length  = 32
  special = false
}

# environments/production.yaml: sizes; camp.yaml: database, Compute
data "openstack_compute_flavor_v2" "database" {
  name = "m1.large"

  lifecycle {
    postcondition {
      condition     = try(self.ram >= 4096, true)
      error_message = "The plan requires 4 GiB of memory for the tier database (camp.yaml: database, Compute)."
    }
  }
}

resource "openstack_networking_secgroup_v2" "database" {
  name                 = "shop-database"
  description          = "Tier database of shop"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "database_from_web" {
  security_group_id = openstack_networking_secgroup_v2.database.id
  description       = "PostgreSQL from the tier web"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

resource "openstack_networking_port_v2" "database_main" {
  name       = "shop-database-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.database.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: database, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "database_data" {
  name                 = "shop-database-1-data"
  size                 = 100
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "database" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/production.yaml, or a list without database.
    prevent_destroy = true
  }
}

resource "openstack_compute_instance_v2" "database" {
  name        = "shop-database-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = data.openstack_compute_flavor_v2.database.name
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "database" })

  user_data = templatefile("${path.module}/cloud-init/database.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    volume   = openstack_blockstorage_volume_v3.database_data.id
    address  = local.database_address
    password = random_password.database.result
    clients  = openstack_networking_subnet_v2.main.cidr
  })

  network {
    port = openstack_networking_port_v2.database_main.id
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

resource "openstack_compute_volume_attach_v2" "database_data" {
  instance_id = openstack_compute_instance_v2.database.id
  volume_id   = openstack_blockstorage_volume_v3.database_data.id
}
