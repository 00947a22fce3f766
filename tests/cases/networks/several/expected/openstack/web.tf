# camp.yaml: web

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  web_machines = { for n in range(1, var.web_count + 1) : "web-${n}" => n }

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

  # All instances of the tier have the same user data.
  web_user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.web_content
    gateway      = openstack_networking_subnet_v2.front.gateway_ip

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "several-nets-web"
  description          = "Tier web of several-nets"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "web_tcp_443" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "TCP 443 from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 443
  port_range_max    = 443
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "web_tcp_444" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "TCP 444 from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 444
  port_range_max    = 444
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "web_tcp_80" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "TCP 80 from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 80
  port_range_max    = 80
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "web_tcp_8000_8200" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "TCP 8000-8200 from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8000
  port_range_max    = 8200
  remote_ip_prefix  = "0.0.0.0/0"
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

# camp.yaml: web, Ports.
# Not created if another rule for these ports has the same network: Neutron refuses duplicates.
resource "openstack_networking_secgroup_rule_v2" "web_tcp_9100_from_office" {
  count = contains(["192.0.2.0/24"], local.office_cidr) ? 0 : 1

  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "TCP 9100 from office"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9100
  port_range_max    = 9100
  remote_ip_prefix  = local.office_cidr
}

# camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "web_tcp_9101_from_192_0_2_0_24" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "TCP 9101 from 192.0.2.0/24"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9101
  port_range_max    = 9101
  remote_ip_prefix  = "192.0.2.0/24"
}

# camp.yaml: web, Ports.
# Not created if another rule for these ports has the same network: Neutron refuses duplicates.
resource "openstack_networking_secgroup_rule_v2" "web_tcp_9101_from_office" {
  count = contains(["192.0.2.0/24"], local.office_cidr) ? 0 : 1

  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "TCP 9101 from office"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 9101
  port_range_max    = 9101
  remote_ip_prefix  = local.office_cidr
}

# camp.yaml: web, Ports
resource "openstack_networking_secgroup_rule_v2" "web_udp_8080" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "UDP 8080 from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: cache, Ports
resource "openstack_networking_secgroup_rule_v2" "web_to_cache_tcp_6379" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "TCP 6379 to the tier cache"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.cache.id
}

# camp.yaml: cache, Ports
resource "openstack_networking_secgroup_rule_v2" "web_to_cache_udp_6379" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "UDP 6379 to the tier cache"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 6379
  port_range_max    = 6379
  remote_group_id   = openstack_networking_secgroup_v2.cache.id
}

# camp.yaml: web, Placement: networks
resource "openstack_networking_port_v2" "web_front" {
  for_each = local.web_machines

  name       = "several-nets-${each.key}-front"
  network_id = openstack_networking_network_v2.front.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.web.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.front.id
  }
}

resource "openstack_networking_port_v2" "web_back" {
  for_each = local.web_machines

  name       = "several-nets-${each.key}-back"
  network_id = openstack_networking_network_v2.back.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.web.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.back.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "web" {
  for_each = local.web_machines

  name        = "several-nets-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.tiny"
  key_pair    = var.key_pair
  user_data   = local.web_user_data
  metadata    = merge(local.metadata, { tier = "web" })

  network {
    port = openstack_networking_port_v2.web_front[each.key].id
  }
  network {
    port = openstack_networking_port_v2.web_back[each.key].id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.front]

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

# camp.yaml: web, Placement: floating
resource "openstack_networking_floatingip_v2" "web" {
  for_each = local.web_machines

  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.web_front[each.key].id
  description = "several-nets-${each.key}"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.front]
}
