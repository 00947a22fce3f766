# camp.yaml: background

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  background_machines = { for n in range(1, var.background_count + 1) : "background-${n}" => n }

  # camp.yaml: api, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  api_background_content = {
    "bookings.py"                  = "81dce48b68cfa33423d17d34676bc1e8ca8f6c1cbad0b884d39755616c1eacd0"
    "cleanup.py"                   = "eb4ecd36ab43ccdfbdc0f78b1b22332331012d3829cef4a39f1ae83bd564d06e"
    "migrate.py"                   = "1272706b79b9fd716f7671d97b3296ef3c6c89ac2e9e3daf28dfdf096f0517f9"
    "migrations/001-bookings.sql"  = "db773e92d095fe8bec69ba20ad36fbafde4ba2fa47c6b9d66d184cc484cda92d"
    "migrations/002-confirmed.sql" = "63ca87f18fd0e05a67dced7b4f214997d2fe695111f51852c462860518fd4ffd"
    "requirements.txt"             = "cfea5602f1c764688e6d13fd283250001722648f45324fd8226fd70448517e9c"
    "store.py"                     = "2e4b4a6c685190ef6e5062be20a627bfd880f98105be30575cf1644e2c649080"
    "worker.py"                    = "f367b82d262ab4743e9f35fb32eddf8245bb49a4873cea69cac40c09a826214d"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  api_background_files = toset([
    for name in fileset("${path.module}/../../api", "**") : name
    if contains(keys(local.api_background_content), name) || !can(regex(local.left_out, name))
  ])

  api_background_environment = {
    CACHE_URL    = "redis://:${random_password.cache.result}@${local.cache_address}:6379"                             # ConnectTo cache
    DATABASE_URL = "postgresql://bookings:${random_password.database.result}@${local.database_address}:5432/bookings" # ConnectTo database
    KEEP_DAYS    = var.keep_days                                                                                      # Env
    PORT         = "8080"                                                                                             # Expose
    REDIS_URL    = "redis://:${random_password.cache.result}@${local.cache_address}:6379"                             # ConnectTo cache
  }

  # All instances of the tier have the same user data.
  background_user_data = templatefile("${path.module}/cloud-init/background.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    content_root     = "${path.module}/../../api"
    content          = local.api_background_content
    cache_address    = local.cache_address
    database_address = local.database_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.api_background_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "background" {
  name                 = "bookings-background"
  description          = "Tier background of bookings"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: api, ConnectTo cache
resource "openstack_networking_secgroup_rule_v2" "background_to_cache" {
  security_group_id = openstack_networking_secgroup_v2.background.id
  description       = "Redis to the tier cache"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.cache.id
}

# camp.yaml: api, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "background_to_database" {
  security_group_id = openstack_networking_secgroup_v2.background.id
  description       = "PostgreSQL to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

resource "openstack_networking_port_v2" "background_main" {
  for_each = local.background_machines

  name       = "bookings-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.background.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "background" {
  for_each = local.background_machines

  name        = "bookings-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.background_flavor
  key_pair    = var.key_pair
  user_data   = local.background_user_data
  metadata    = merge(local.metadata, { tier = "background" })

  network {
    port = openstack_networking_port_v2.background_main[each.key].id
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
      condition = local.api_background_files != toset(keys(local.api_background_content)) ? false : alltrue([
        for name, sha256 in local.api_background_content : filesha256("${path.module}/../../api/${name}") == sha256
      ])
      error_message = "api/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
