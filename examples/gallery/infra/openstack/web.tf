# camp.yaml: web

locals {
  web_address = openstack_networking_port_v2.web_main.all_fixed_ips[0]

  # camp.yaml: gallery, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  gallery_content = {
    "gallery/__init__.py"               = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    "gallery/settings.py"               = "e99945eafdd5f1af5dc1642108823262f650339d64609f1a384f3da408d08384"
    "gallery/urls.py"                   = "4c16d4a714500efd15311b3b564d1858ba093ea022cc1d89d926ce74072dbaf8"
    "gallery/wsgi.py"                   = "699b4a08df8b641dcc3bec58d854db77ce8965742ce039ea35ba765807984359"
    "manage.py"                         = "67597c3f05b7a8aa6992a1be2be3b7ae6d217d60b7ebd22069c2353e97e7e0e2"
    "photos/__init__.py"                = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    "photos/migrations/0001_initial.py" = "5bf5bf001d681086014358f2037b3a835e0601b553b12f4f8b36c80b6e049500"
    "photos/migrations/__init__.py"     = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    "photos/models.py"                  = "924cf52ec14103525637d7d2b410b1f29d6c4f8979853b53eef3405a197342fe"
    "photos/static/gallery.css"         = "0684faa4b01e6554c7704308a6f19cce02953e46b23ea3c14089b2c6b7186be9"
    "photos/templates/photos.html"      = "447b5ffe77b0f1288f936ada25d159f14958ec7f0eb73df260704bc6970b1ab2"
    "photos/views.py"                   = "ed96c7b72c2915489d88c8d3dcc0530bee22d291b0b0ed86dc5f2d4375f35077"
    "requirements.txt"                  = "54b09b4dbc7fc220f3625244f1aae1f47d05461f9300c0649c4d59b614f54a88"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  gallery_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.gallery_content), name) || !can(regex(local.left_out, name))
  ])

  gallery_environment = {
    CURATOR       = var.curator                                                                                                                         # Env
    DATABASE_URL  = "postgresql://gallery:${random_password.database.result}@${local.database_address}:5432/gallery"                                    # ConnectTo database
    MAIL_HOST     = "mail.example.org"                                                                                                                  # ConnectTo mail
    MAIL_PASSWORD = var.mail_password                                                                                                                   # ConnectTo mail
    MAIL_PORT     = "587"                                                                                                                               # ConnectTo mail
    MAIL_URL      = "smtp://${replace(urlencode(var.mail_user), "+", "%20")}:${replace(urlencode(var.mail_password), "+", "%20")}@mail.example.org:587" # ConnectTo mail
    MAIL_USER     = var.mail_user                                                                                                                       # ConnectTo mail
    MEDIA_ROOT    = "/srv/media"                                                                                                                        # Env
    PORT          = "8000"                                                                                                                              # Expose
    SECRET_KEY    = random_password.session_key.result                                                                                                  # Env
    SERVE_MEDIA   = "no"                                                                                                                                # Env
  }

  # camp.yaml: front, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  front_content = {
    "robots.txt" = "0f6928cb98713e94002a32910f53a2813728b7ba4ef0e270ce486f80690a2ff4"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  front_files = toset([
    for name in fileset("${path.module}/../../front", "**") : name
    if contains(keys(local.front_content), name) || !can(regex(local.left_out, name))
  ])
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "gallery-web"
  description          = "Tier web of gallery"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: front, Expose; camp.yaml: web, Balance.
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

# camp.yaml: gallery, Expose; camp.yaml: web, Balance.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "web_from_balancer_8000" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "HTTP from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8000
  port_range_max    = 8000
  remote_ip_prefix  = openstack_networking_subnet_v2.web_balancer.cidr
}

# camp.yaml: gallery, ConnectTo database
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

# camp.yaml: gallery, ConnectTo mail
resource "openstack_networking_secgroup_rule_v2" "web_to_mail" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "SMTP to mail, outside this module"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 587
  port_range_max    = 587
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "web_main" {
  name       = "gallery-web-1-main"
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

# camp.yaml: django, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "web_media" {
  name                 = "gallery-web-1-media"
  size                 = 20
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "web" })
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  name        = "gallery-web-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "web" })

  user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts              = "${path.module}/cloud-init"
    django_volume        = openstack_blockstorage_volume_v3.web_media.id
    gallery_content_root = "${path.module}/../../app"
    gallery_content      = local.gallery_content
    database_address     = local.database_address
    front_members        = local.web_address
    front_content_root   = "${path.module}/../../front"
    front_content        = local.front_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    gallery_environment = join("", [
      for name, value in local.gallery_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
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
      condition = local.gallery_files != toset(keys(local.gallery_content)) ? false : alltrue([
        for name, sha256 in local.gallery_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
    precondition {
      condition = local.front_files != toset(keys(local.front_content)) ? false : alltrue([
        for name, sha256 in local.front_content : filesha256("${path.module}/../../front/${name}") == sha256
      ])
      error_message = "front/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "web_media" {
  instance_id = openstack_compute_instance_v2.web.id
  volume_id   = openstack_blockstorage_volume_v3.web_media.id
}

# camp.yaml: web, Balance
resource "openstack_lb_loadbalancer_v2" "web" {
  name          = "gallery-web"
  vip_subnet_id = openstack_networking_subnet_v2.web_balancer.id
}

# camp.yaml: front, Expose: as
resource "openstack_lb_listener_v2" "web" {
  name            = "gallery-web"
  loadbalancer_id = openstack_lb_loadbalancer_v2.web.id
  protocol        = "HTTP"
  protocol_port   = 80

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "web" {
  name        = "gallery-web"
  listener_id = openstack_lb_listener_v2.web.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: web, Balance: health
resource "openstack_lb_monitor_v2" "web" {
  name           = "gallery-web"
  pool_id        = openstack_lb_pool_v2.web.id
  type           = "HTTP"
  http_method    = "GET"
  url_path       = "/healthz"
  expected_codes = "200"
  delay          = 5
  timeout        = 3
  max_retries    = 3
}

resource "openstack_lb_member_v2" "web" {
  name          = "gallery-web-1"
  pool_id       = openstack_lb_pool_v2.web.id
  subnet_id     = openstack_networking_subnet_v2.web_balancer.id
  address       = openstack_networking_port_v2.web_main.all_fixed_ips[0]
  protocol_port = 8080

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.web]
}

# camp.yaml: gallery, Expose
resource "openstack_lb_listener_v2" "web_8000" {
  name            = "gallery-web-8000"
  loadbalancer_id = openstack_lb_loadbalancer_v2.web.id
  protocol        = "HTTP"
  protocol_port   = 8000
  allowed_cidrs   = [openstack_networking_subnet_v2.main.cidr]

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "web_8000" {
  name        = "gallery-web-8000"
  listener_id = openstack_lb_listener_v2.web_8000.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: web, Balance: health
resource "openstack_lb_monitor_v2" "web_8000" {
  name           = "gallery-web-8000"
  pool_id        = openstack_lb_pool_v2.web_8000.id
  type           = "HTTP"
  http_method    = "GET"
  url_path       = "/healthz"
  expected_codes = "200"
  delay          = 5
  timeout        = 3
  max_retries    = 3
}

resource "openstack_lb_member_v2" "web_8000" {
  name          = "gallery-web-1"
  pool_id       = openstack_lb_pool_v2.web_8000.id
  subnet_id     = openstack_networking_subnet_v2.web_balancer.id
  address       = openstack_networking_port_v2.web_main.all_fixed_ips[0]
  protocol_port = 8000

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.web]
}

# camp.yaml: front, Expose: public
resource "openstack_networking_floatingip_v2" "web" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_lb_loadbalancer_v2.web.vip_port_id
  description = "gallery-web"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.web_balancer]
}
