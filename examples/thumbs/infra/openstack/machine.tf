# camp.yaml: machine

locals {
  machine_tier_address = openstack_networking_port_v2.machine_tier_main.all_fixed_ips[0]

  # camp.yaml: thumbs, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  thumbs_content = {
    "requirements.txt" = "caaeca2990cef5b719740dec61d6bc708c7ed52320507e910e7ce14654866bcd"
    "store.py"         = "0c2fff16d023a0b8e20742ae8a3e763b0798fd62dd02c39148db5b2392e9dd20"
    "web.py"           = "36031c1335783faa222133025f8c68e5d1f66a48248c0d4ff4f762c63f68b6f4"
    "worker.py"        = "d66128dc93ff97ae9abff1e254baa17cce5ae72d9608e754d7ead6a7e49be7da"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  thumbs_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.thumbs_content), name) || !can(regex(local.left_out, name))
  ])

  thumbs_environment = {
    AMQP_URL  = "amqp://thumbs:${random_password.jobs.result}@${local.jobs_address}:5672/thumbs" # ConnectTo jobs
    CACHE_URL = "redis://:${random_password.cache.result}@${local.cache_address}:6379"           # ConnectTo cache
    EDGE      = var.edge                                                                         # Env
    JOBS_URL  = "amqp://thumbs:${random_password.jobs.result}@${local.jobs_address}:5672/thumbs" # ConnectTo jobs
    PORT      = "8000"                                                                           # Expose
    REDIS_URL = "redis://:${random_password.cache.result}@${local.cache_address}:6379"           # ConnectTo cache
  }
}

resource "openstack_networking_secgroup_v2" "machine_tier" {
  name                 = "thumbs-machine-tier"
  description          = "Tier machine of thumbs"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: thumbs, Expose
resource "openstack_networking_secgroup_rule_v2" "machine_from_anywhere_8000" {
  security_group_id = openstack_networking_secgroup_v2.machine_tier.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8000
  port_range_max    = 8000
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: thumbs, ConnectTo cache
resource "openstack_networking_secgroup_rule_v2" "machine_to_cache" {
  security_group_id = openstack_networking_secgroup_v2.machine_tier.id
  description       = "Redis to the tier cache"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.cache.id
}

# camp.yaml: thumbs, ConnectTo jobs
resource "openstack_networking_secgroup_rule_v2" "machine_to_jobs" {
  security_group_id = openstack_networking_secgroup_v2.machine_tier.id
  description       = "AMQP to the tier jobs"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5672
  port_range_max    = 5672
  remote_group_id   = openstack_networking_secgroup_v2.jobs.id
}

resource "openstack_networking_port_v2" "machine_tier_main" {
  name       = "thumbs-machine-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.machine_tier.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "machine_tier" {
  name        = "thumbs-machine-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "machine" })

  user_data = templatefile("${path.module}/cloud-init/machine.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    content_root  = "${path.module}/../../app"
    content       = local.thumbs_content
    cache_address = local.cache_address
    jobs_address  = local.jobs_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.thumbs_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.machine_tier_main.id
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
      condition = local.thumbs_files != toset(keys(local.thumbs_content)) ? false : alltrue([
        for name, sha256 in local.thumbs_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: thumbs, Expose: public
resource "openstack_networking_floatingip_v2" "machine_tier" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.machine_tier_main.id
  description = "thumbs-machine-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
