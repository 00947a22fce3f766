# camp.yaml: web

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  web_machines = { for n in range(1, var.web_count + 1) : "web-${n}" => n }

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_content = {
    "clean.py" = "6a008f6a9533f529ee137b13a8aa21950e045acc96b1d2723ae42944c501dabb"
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../web", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    CACHE_CA     = "/etc/parcel/links.pem"                                                                                                                              # ConnectTo cache: the CA of its certificate
    CACHE_URL    = "rediss://:${random_password.cache.result}@${local.cache_address}:6379"                                                                              # ConnectTo cache
    DATABASE_CA  = "/etc/parcel/links.pem"                                                                                                                              # ConnectTo database: the CA of its certificate
    DATABASE_URL = "postgresql://parcel:${random_password.database.result}@${local.database_address}:5432/parcel?sslmode=verify-full&sslrootcert=/etc/parcel/links.pem" # ConnectTo database
    PORT         = "8080"                                                                                                                                               # its default port
    REDIS_CA     = "/etc/parcel/links.pem"                                                                                                                              # ConnectTo cache: the CA of its certificate
    REDIS_URL    = "rediss://:${random_password.cache.result}@${local.cache_address}:6379"                                                                              # ConnectTo cache
  }

  # All instances of the tier have the same user data.
  web_user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    links_ca         = tls_self_signed_cert.links_ca.cert_pem
    content_root     = "${path.module}/../../web"
    content          = local.web_content
    cache_address    = local.cache_address
    database_address = local.database_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "parcel-web"
  description          = "Tier web of parcel"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, public by default
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

# environments/production.yaml: metrics
resource "openstack_networking_secgroup_rule_v2" "web_metrics_9100_from_192_0_2_0_24" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "Metrics of the instance from 192.0.2.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9100
  port_range_max    = 9100
  remote_ip_prefix  = "192.0.2.0/24"
}

# camp.yaml: web, ConnectTo cache
resource "openstack_networking_secgroup_rule_v2" "web_to_cache" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "Redis to the tier cache"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.cache.id
}

# camp.yaml: web, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "web_to_database" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "PostgreSQL to the tier database"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.database.id
}

resource "openstack_networking_port_v2" "web_main" {
  for_each = local.web_machines

  name       = "parcel-${each.key}-main"
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

# Flavor from environments/production.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  for_each = local.web_machines

  name        = "parcel-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.web_user_data
  metadata    = merge(local.metadata, { tier = "web" })

  network {
    port = openstack_networking_port_v2.web_main[each.key].id
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
      condition = local.web_files != toset(keys(local.web_content)) ? false : alltrue([
        for name, sha256 in local.web_content : filesha256("${path.module}/../../web/${name}") == sha256
      ])
      error_message = "web/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: web, public by default
resource "openstack_networking_floatingip_v2" "web" {
  for_each = local.web_machines

  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.web_main[each.key].id
  description = "parcel-${each.key}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
