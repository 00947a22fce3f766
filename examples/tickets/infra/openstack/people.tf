# camp.yaml: people

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  people_machines = { for n in range(1, var.people_count + 1) : "people-${n}" => n }

  # camp.yaml: people, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  people_content = {
    "people.json"      = "ab913c3c1b2f65e4957274a9e287d580f68fa547cd97029282164ef83857e5ed"
    "people.py"        = "9f6c15092cf811c378fdc756d0a8bbeb69e449ce7c11632303d5b60f66f06f48"
    "photos.py"        = "5cb583d17dae44d3f85feeeceb939fc91612b3c1e2c997f5d786572384d7bece"
    "requirements.txt" = "adf18889ec03dbbe6540fed35c557adea217c84e8b3db7f560caf1a5f6be8481"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  people_files = toset([
    for name in fileset("${path.module}/../../people", "**") : name
    if contains(keys(local.people_content), name) || !can(regex(local.left_out, name))
  ])

  people_environment = {
    AWS_ACCESS_KEY_ID                = openstack_identity_ec2_credential_v3.store_photos.access                                # ConnectTo photos
    AWS_ENDPOINT_URL_S3              = "https://s3.example.org:8080"                                                           # ConnectTo photos
    AWS_REGION                       = "RegionOne"                                                                             # ConnectTo photos
    AWS_REQUEST_CHECKSUM_CALCULATION = "when_required"                                                                         # ConnectTo photos
    AWS_RESPONSE_CHECKSUM_VALIDATION = "when_required"                                                                         # ConnectTo photos
    AWS_SECRET_ACCESS_KEY            = openstack_identity_ec2_credential_v3.store_photos.secret                                # ConnectTo photos
    CALL_TOKEN                       = random_password.call_token.result                                                       # Env
    PHOTOS_AWS_ACCESS_KEY_ID         = openstack_identity_ec2_credential_v3.store_photos.access                                # ConnectTo photos
    PHOTOS_AWS_REGION                = "RegionOne"                                                                             # ConnectTo photos
    PHOTOS_AWS_SECRET_ACCESS_KEY     = openstack_identity_ec2_credential_v3.store_photos.secret                                # ConnectTo photos
    PHOTOS_BUCKET_NAME               = openstack_objectstorage_container_v1.store_photos.name                                  # ConnectTo photos
    PHOTOS_ENDPOINT_URL              = "https://s3.example.org:8080"                                                           # ConnectTo photos
    PHOTOS_URL                       = "https://s3.example.org:8080/${openstack_objectstorage_container_v1.store_photos.name}" # ConnectTo photos
    PORT                             = "8080"                                                                                  # its default port
  }

  # All instances of the tier have the same user data.
  people_user_data = templatefile("${path.module}/cloud-init/people.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../people"
    content      = local.people_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.people_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "people" {
  name                 = "tickets-people"
  description          = "Tier people of tickets"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: tickets, ConnectTo people; camp.yaml: web, ConnectTo people.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "people_from_balancer_8080" {
  security_group_id = openstack_networking_secgroup_v2.people.id
  description       = "Calls from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = openstack_networking_subnet_v2.people_balancer.cidr
}

# environments/openstack.yaml: ssh_from
resource "openstack_networking_secgroup_rule_v2" "people_ssh_from_bastion" {
  security_group_id = openstack_networking_secgroup_v2.people.id
  description       = "SSH from the tier bastion"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 22
  port_range_max    = 22
  remote_group_id   = openstack_networking_secgroup_v2.bastion.id
}

# camp.yaml: people, ConnectTo photos
resource "openstack_networking_secgroup_rule_v2" "people_to_photos" {
  security_group_id = openstack_networking_secgroup_v2.people.id
  description       = "S3 to photos, outside this module"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "people_main" {
  for_each = local.people_machines

  name       = "tickets-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.people.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "people" {
  for_each = local.people_machines

  name        = "tickets-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  user_data   = local.people_user_data
  metadata    = merge(local.metadata, { tier = "people" })

  network {
    port = openstack_networking_port_v2.people_main[each.key].id
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
      condition = local.people_files != toset(keys(local.people_content)) ? false : alltrue([
        for name, sha256 in local.people_content : filesha256("${path.module}/../../people/${name}") == sha256
      ])
      error_message = "people/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: tickets, ConnectTo people; web, ConnectTo people
resource "openstack_lb_loadbalancer_v2" "people" {
  name          = "tickets-people"
  vip_subnet_id = openstack_networking_subnet_v2.people_balancer.id
}

# camp.yaml: tickets, ConnectTo people; camp.yaml: web, ConnectTo people
resource "openstack_lb_listener_v2" "people_8080" {
  name            = "tickets-people-8080"
  loadbalancer_id = openstack_lb_loadbalancer_v2.people.id
  protocol        = "TCP"
  protocol_port   = 8080
  allowed_cidrs   = [openstack_networking_subnet_v2.main.cidr]

  # Connection pools keep idle connections open.
  timeout_client_data = 3600000
  timeout_member_data = 3600000
}

resource "openstack_lb_pool_v2" "people_8080" {
  name        = "tickets-people-8080"
  listener_id = openstack_lb_listener_v2.people_8080.id
  protocol    = "TCP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: tickets, ConnectTo people; web, ConnectTo people
resource "openstack_lb_monitor_v2" "people_8080" {
  name        = "tickets-people-8080"
  pool_id     = openstack_lb_pool_v2.people_8080.id
  type        = "TCP"
  delay       = 5
  timeout     = 3
  max_retries = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "people_8080" {
  for_each = local.people_machines

  name          = "tickets-${each.key}"
  pool_id       = openstack_lb_pool_v2.people_8080.id
  subnet_id     = openstack_networking_subnet_v2.people_balancer.id
  address       = openstack_networking_port_v2.people_main[each.key].all_fixed_ips[0]
  protocol_port = 8080

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.people]
}
