# camp.yaml: api

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  api_machines = { for n in range(1, var.api_count + 1) : "api-${n}" => n }

  # camp.yaml: api, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  api_content = {
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
  api_files = toset([
    for name in fileset("${path.module}/../../api", "**") : name
    if contains(keys(local.api_content), name) || !can(regex(local.left_out, name))
  ])

  api_environment = {
    CACHE_URL    = "redis://:${random_password.cache.result}@${local.cache_address}:6379"                             # ConnectTo cache
    DATABASE_URL = "postgresql://bookings:${random_password.database.result}@${local.database_address}:5432/bookings" # ConnectTo database
    KEEP_DAYS    = var.keep_days                                                                                      # Env
    PORT         = "8080"                                                                                             # Expose
    REDIS_URL    = "redis://:${random_password.cache.result}@${local.cache_address}:6379"                             # ConnectTo cache
  }

  # All instances of the tier have the same user data.
  api_user_data = templatefile("${path.module}/cloud-init/api.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    content_root     = "${path.module}/../../api"
    content          = local.api_content
    cache_address    = local.cache_address
    database_address = local.database_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.api_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "api" {
  name                 = "bookings-api"
  description          = "Tier api of bookings"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: api, Balance; camp.yaml: api, Expose.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "api_from_balancer_443" {
  security_group_id = openstack_networking_secgroup_v2.api.id
  description       = "HTTP from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = openstack_networking_subnet_v2.api_balancer.cidr
}

# camp.yaml: api, ConnectTo cache
resource "openstack_networking_secgroup_rule_v2" "api_to_cache" {
  security_group_id = openstack_networking_secgroup_v2.api.id
  description       = "Redis to the tier cache"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.cache.id
}

# camp.yaml: api, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "api_to_database" {
  security_group_id = openstack_networking_secgroup_v2.api.id
  description       = "PostgreSQL to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

resource "openstack_networking_port_v2" "api_main" {
  for_each = local.api_machines

  name       = "bookings-${each.key}-main"
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

resource "openstack_compute_instance_v2" "api" {
  for_each = local.api_machines

  name        = "bookings-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.api_flavor
  key_pair    = var.key_pair
  user_data   = local.api_user_data
  metadata    = merge(local.metadata, { tier = "api" })

  network {
    port = openstack_networking_port_v2.api_main[each.key].id
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
      condition = local.api_files != toset(keys(local.api_content)) ? false : alltrue([
        for name, sha256 in local.api_content : filesha256("${path.module}/../../api/${name}") == sha256
      ])
      error_message = "api/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: api, Balance
resource "openstack_lb_loadbalancer_v2" "api" {
  name          = "bookings-api"
  vip_subnet_id = openstack_networking_subnet_v2.api_balancer.id
}

# camp.yaml: api, Expose: as
resource "openstack_lb_listener_v2" "api_443" {
  name                      = "bookings-api-443"
  loadbalancer_id           = openstack_lb_loadbalancer_v2.api.id
  protocol                  = "TERMINATED_HTTPS"
  protocol_port             = 443
  default_tls_container_ref = "https://keys.example.org:9311/v1/containers/6c1a0c2e-6f2b-4c7e-9f44-0d4c7b8e6a51"

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "api_443" {
  name        = "bookings-api-443"
  listener_id = openstack_lb_listener_v2.api_443.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: api, Balance: health
resource "openstack_lb_monitor_v2" "api_443" {
  name           = "bookings-api-443"
  pool_id        = openstack_lb_pool_v2.api_443.id
  type           = "HTTP"
  http_method    = "GET"
  url_path       = "/healthz"
  expected_codes = "200"
  delay          = 5
  timeout        = 3
  max_retries    = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "api_443" {
  for_each = local.api_machines

  name          = "bookings-${each.key}"
  pool_id       = openstack_lb_pool_v2.api_443.id
  subnet_id     = openstack_networking_subnet_v2.api_balancer.id
  address       = openstack_networking_port_v2.api_main[each.key].all_fixed_ips[0]
  protocol_port = 8080

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.api]
}

# camp.yaml: api, Expose: public
resource "openstack_networking_floatingip_v2" "api" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_lb_loadbalancer_v2.api.vip_port_id
  description = "bookings-api"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.api_balancer]
}

# camp.yaml: api, Expose: hosts
resource "openstack_dns_recordset_v2" "bookings_example_org" {
  zone_id = data.openstack_dns_zone_v2.main.id
  name    = "bookings.example.org."
  type    = "A"
  ttl     = 300
  records = [openstack_networking_floatingip_v2.api.address]
}
