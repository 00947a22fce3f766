# camp.yaml: queue

locals {
  queue_address = openstack_networking_port_v2.queue_main.all_fixed_ips[0]

  # camp.yaml: shop, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  shop_queue_content = {
    Procfile    = "4f109373f74ab05c1fec62c0efbfa0e07a9fbdedfe536ce7a04ae7d4e9c60288"
    "clock.rb"  = "fc4a6ec292f36558de8f615a698234715d12c28dd796c6faa12dbbb447c5c8c4"
    "web.rb"    = "c6bd0313825bf8fd454548ae60b6caa34aefa3e244f4b48990f5776eb8db92ed"
    "worker.rb" = "3276f485448bc50b955cb1f692a0a16eda643be0ae21eae70715f46f80c6667b"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  shop_queue_files = toset([
    for name in fileset("${path.module}/../../shop", "**") : name
    if contains(keys(local.shop_queue_content), name) || !can(regex(local.left_out, name))
  ])

  shop_queue_environment = {
    CACHE_URL     = "memcached://${local.aside_address}:11211"                # ConnectTo cache
    MEMCACHED_URL = "memcached://${local.aside_address}:11211"                # ConnectTo cache
    PORT          = "8080"                                                    # its default port
    QUEUE_URL     = "redis://:${random_password.queue.result}@127.0.0.1:6379" # ConnectTo queue
    REDIS_URL     = "redis://:${random_password.queue.result}@127.0.0.1:6379" # ConnectTo queue
  }
}

# The password of queue. Letters and digits are safe in a URL without encoding.
resource "random_password" "queue" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "queue" {
  name                 = "joins-queue"
  description          = "Tier queue of joins"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: shop, ConnectTo queue
resource "openstack_networking_secgroup_rule_v2" "queue_from_aside" {
  security_group_id = openstack_networking_secgroup_v2.queue.id
  description       = "Redis from the tier aside"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.aside.id
}

# camp.yaml: shop, ConnectTo queue
resource "openstack_networking_secgroup_rule_v2" "queue_from_shop" {
  security_group_id = openstack_networking_secgroup_v2.queue.id
  description       = "Redis from the tier shop"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.shop.id
}

# camp.yaml: shop, ConnectTo cache
resource "openstack_networking_secgroup_rule_v2" "queue_to_cache" {
  security_group_id = openstack_networking_secgroup_v2.queue.id
  description       = "memcached to the tier aside"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 11211
  port_range_max    = 11211
  remote_group_id   = openstack_networking_secgroup_v2.aside.id
}

resource "openstack_networking_port_v2" "queue_main" {
  name       = "joins-queue-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.queue.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: queue, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "queue_data" {
  name                 = "joins-queue-1-data"
  size                 = 1
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "queue" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without queue.
    prevent_destroy = true
  }
}

resource "openstack_compute_instance_v2" "queue" {
  name        = "joins-queue-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.queue_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "queue" })

  user_data = templatefile("${path.module}/cloud-init/queue.yaml.tftpl", {
    scripts                 = "${path.module}/cloud-init"
    queue_volume            = openstack_blockstorage_volume_v3.queue_data.id
    queue_address           = local.queue_address
    queue_password          = random_password.queue.result
    shop_queue_content_root = "${path.module}/../../shop"
    shop_queue_content      = local.shop_queue_content
    aside_address           = local.aside_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    shop_queue_environment = join("", [
      for name, value in local.shop_queue_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.queue_main.id
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
      condition = local.shop_queue_files != toset(keys(local.shop_queue_content)) ? false : alltrue([
        for name, sha256 in local.shop_queue_content : filesha256("${path.module}/../../shop/${name}") == sha256
      ])
      error_message = "shop/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "queue_data" {
  instance_id = openstack_compute_instance_v2.queue.id
  volume_id   = openstack_blockstorage_volume_v3.queue_data.id
}
