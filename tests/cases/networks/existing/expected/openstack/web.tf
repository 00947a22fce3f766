# camp.yaml: web

locals {
  web_house_address = openstack_networking_port_v2.web_house.all_fixed_ips[0]

  # camp.yaml: web, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  web_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  web_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.web_content), name) || !can(regex(local.left_out, name))
  ])

  web_environment = {
    PORT = "8080" # its default port
  }
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "guest-of-the-house-web"
  description          = "Tier web of guest-of-the-house"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "web_tcp_9100_from_192_0_2_0_24" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "TCP 9100 from 192.0.2.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9100
  port_range_max    = 9100
  remote_ip_prefix  = "192.0.2.0/24"
}

# camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "web_tcp_9200_9210_from_192_0_2_0_24" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "TCP 9200-9210 from 192.0.2.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9200
  port_range_max    = 9210
  remote_ip_prefix  = "192.0.2.0/24"
}

# camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "web_udp_514_from_192_0_2_0_24" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "UDP 514 from 192.0.2.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 514
  port_range_max    = 514
  remote_ip_prefix  = "192.0.2.0/24"
}

# camp.yaml: web, Placement: networks
resource "openstack_networking_port_v2" "web_house" {
  name       = "guest-of-the-house-web-1-house"
  network_id = data.openstack_networking_network_v2.house.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.web.id,
  ]

  fixed_ip {
    subnet_id = data.openstack_networking_subnet_v2.house.id
  }
}

resource "openstack_networking_port_v2" "web_own" {
  name       = "guest-of-the-house-web-1-own"
  network_id = openstack_networking_network_v2.own.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.web.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.own.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  name                    = "guest-of-the-house-web-1"
  image_id                = data.openstack_images_image_v2.machine.id
  flavor_name             = "m1.small"
  key_pair                = var.key_pair
  availability_zone_hints = "nova"
  metadata                = merge(local.metadata, { tier = "web" })

  user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.web_content
    gateway      = data.openstack_networking_subnet_v2.house.gateway_ip

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.web_house.id
  }
  network {
    port = openstack_networking_port_v2.web_own.id
  }

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]

    precondition {
      condition = local.web_files != toset(keys(local.web_content)) ? false : alltrue([
        for name, sha256 in local.web_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
