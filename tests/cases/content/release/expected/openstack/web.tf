# camp.yaml: web

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  web_machines = { for n in range(1, var.web_count + 1) : "web-${n}" => n }

  # camp.yaml: web, the SHA-256 of each file of its content.
  # archives/web.tar contains these files.
  web_content = {
    migrate      = "727ac0296fb2a8a9f21f7a6e8f49798c1534c68c8cae4e3a667e560b60d50d21"
    "migrate.py" = "ac520974615fa1dfbb15ef680473e50aea4cc38cbc6361f6cf5d85752b7a60f4"
    "notes.py"   = "4ed17288133c6c67806bc0f5ed8f627e1cfceb4c991fc66f939ec23ab50c9c73"
    "worker.py"  = "b56dc3fa56ccdd334f6d0e78812517ca9326ddd10bc95b36a69fe6417271a9dd"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../web", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  # camp.yaml: web, content: the SHA-256 of the object
  web_sha256 = "ce57e1264998f0f2a4280d9f8e3d4d5a4a9293a20bf78767377de8b62b273db2"

  web_environment = {
    DATABASE_URL = "postgresql://notes:${random_password.database.result}@${local.database_address}:5432/notes" # ConnectTo database
    PORT         = "8080"                                                                                       # Expose
    TITLE        = "Notes"                                                                                      # Env
  }

  # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
  web_variables = join("", [
    for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
  ])

  # All instances of the tier have the same user data.
  web_user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts          = "${path.module}/cloud-init"
    database_address = local.database_address
    release_url      = openstack_objectstorage_tempurl_v1.web_release.url
  })
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "notes-web"
  description          = "Tier web of notes"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, Balance; camp.yaml: web, Expose.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "web_from_balancer" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "HTTP from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = openstack_networking_subnet_v2.web_balancer.cidr
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

resource "openstack_networking_secgroup_rule_v2" "web_to_object_store" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "To the object store"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = local.object_store_port
  port_range_max    = local.object_store_port
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "web_main" {
  for_each = local.web_machines

  name       = "notes-${each.key}-main"
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

# camp.yaml: web, content
resource "openstack_objectstorage_object_v1" "web_content" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "web/${local.web_sha256}.tar"
  source         = "${path.module}/archives/web.tar"

  lifecycle {
    # The old object is deleted after all references have changed.
    create_before_destroy = true

    precondition {
      condition = local.web_files != toset(keys(local.web_content)) ? false : alltrue([
        for name, sha256 in local.web_content : filesha256("${path.module}/../../web/${name}") == sha256
      ])
      error_message = "web/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
    precondition {
      condition     = try(filesha256("${path.module}/archives/web.tar"), "") == local.web_sha256
      error_message = "archives/web.tar has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_objectstorage_tempurl_v1" "web_content" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.web_content.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

# camp.yaml: web. Its instances read this object every minute. If it changes, they deploy the
# new release one after the other, and roll it back if it does not respond.
resource "openstack_objectstorage_object_v1" "web_release" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "web.release"

  content = join("\n", [
    "sha256 ${local.web_sha256}",
    "url ${openstack_objectstorage_tempurl_v1.web_content.url}",
    "machines 4",
    "form archive",
    "name app.tar",
    "health /healthz",
    "",
    local.web_variables,
  ])

  content_type = "text/plain"
}

resource "openstack_objectstorage_tempurl_v1" "web_release" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.web_release.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  for_each = local.web_machines

  name        = "notes-${each.key}"
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
  }
}

# camp.yaml: web, Balance
resource "openstack_lb_loadbalancer_v2" "web" {
  name          = "notes-web"
  vip_subnet_id = openstack_networking_subnet_v2.web_balancer.id
}

# camp.yaml: web, Expose: as
resource "openstack_lb_listener_v2" "web" {
  name            = "notes-web"
  loadbalancer_id = openstack_lb_loadbalancer_v2.web.id
  protocol        = "HTTP"
  protocol_port   = 80

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "web" {
  name        = "notes-web"
  listener_id = openstack_lb_listener_v2.web.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: web, Balance: health
resource "openstack_lb_monitor_v2" "web" {
  name           = "notes-web"
  pool_id        = openstack_lb_pool_v2.web.id
  type           = "HTTP"
  http_method    = "GET"
  url_path       = "/healthz"
  expected_codes = "200"
  delay          = 5
  timeout        = 3
  max_retries    = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "web" {
  for_each = local.web_machines

  name          = "notes-${each.key}"
  pool_id       = openstack_lb_pool_v2.web.id
  subnet_id     = openstack_networking_subnet_v2.web_balancer.id
  address       = openstack_networking_port_v2.web_main[each.key].all_fixed_ips[0]
  protocol_port = 8080

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.web]
}

# camp.yaml: web, Expose: public
resource "openstack_networking_floatingip_v2" "web" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_lb_loadbalancer_v2.web.vip_port_id
  description = "notes-web"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.web_balancer]
}
