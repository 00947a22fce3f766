# camp.yaml: web

locals {
  web_address = openstack_networking_port_v2.web_main.all_fixed_ips[0]

  # camp.yaml: gallery, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  gallery_content = {
    "gallery.py"      = "82e8f229997a730a514bde7b610aaf4d41aa91c4c34e34786bbe73f2e1b8aed1"
    "static/site.css" = "092ab3cfe83805bf847b5e2d4120c5f8b5c65b73c35e7d84b55e78336c529019"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  gallery_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.gallery_content), name) || !can(regex(local.left_out, name))
  ])

  gallery_environment = {
    PORT = "8000" # Expose
  }

  # camp.yaml: front, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  front_content = {
    "index.html" = "22353d801f3c65ba1cb32841f07c5b6aea5955a53719db86dac4da678334a3f8"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  front_files = toset([
    for name in fileset("${path.module}/../../front", "**") : name
    if contains(keys(local.front_content), name) || !can(regex(local.left_out, name))
  ])
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "web-servers-web"
  description          = "Tier web of web-servers"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: front, Expose; camp.yaml: web, Balance.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "web_from_balancer_443" {
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

resource "openstack_networking_port_v2" "web_main" {
  name       = "web-servers-web-1-main"
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

# camp.yaml: gallery, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "web_media" {
  name                 = "web-servers-web-1-media"
  size                 = 1
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "web" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/openstack.yaml, or a list without gallery.
    prevent_destroy = true
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  name        = "web-servers-web-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "web" })

  user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts              = "${path.module}/cloud-init"
    gallery_volume       = openstack_blockstorage_volume_v3.web_media.id
    gallery_content_root = "${path.module}/../../app"
    gallery_content      = local.gallery_content
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
  name          = "web-servers-web"
  vip_subnet_id = openstack_networking_subnet_v2.web_balancer.id
}

# camp.yaml: front, Expose
resource "openstack_lb_listener_v2" "web_443" {
  name                      = "web-servers-web-443"
  loadbalancer_id           = openstack_lb_loadbalancer_v2.web.id
  protocol                  = "TERMINATED_HTTPS"
  protocol_port             = 443
  default_tls_container_ref = "https://keys.example.org/v1/containers/7f1c"

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "web_443" {
  name        = "web-servers-web-443"
  listener_id = openstack_lb_listener_v2.web_443.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: web, Balance
resource "openstack_lb_monitor_v2" "web_443" {
  name        = "web-servers-web-443"
  pool_id     = openstack_lb_pool_v2.web_443.id
  type        = "TCP"
  delay       = 5
  timeout     = 3
  max_retries = 3
}

resource "openstack_lb_member_v2" "web_443" {
  name          = "web-servers-web-1"
  pool_id       = openstack_lb_pool_v2.web_443.id
  subnet_id     = openstack_networking_subnet_v2.web_balancer.id
  address       = openstack_networking_port_v2.web_main.all_fixed_ips[0]
  protocol_port = 8080

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.web]
}

# camp.yaml: gallery, Expose
resource "openstack_lb_listener_v2" "web_8000" {
  name            = "web-servers-web-8000"
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
  name        = "web-servers-web-8000"
  listener_id = openstack_lb_listener_v2.web_8000.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: web, Balance
resource "openstack_lb_monitor_v2" "web_8000" {
  name        = "web-servers-web-8000"
  pool_id     = openstack_lb_pool_v2.web_8000.id
  type        = "TCP"
  delay       = 5
  timeout     = 3
  max_retries = 3
}

resource "openstack_lb_member_v2" "web_8000" {
  name          = "web-servers-web-1"
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
  description = "web-servers-web"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.web_balancer]
}
