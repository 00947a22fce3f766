locals {
  # camp.yaml: name. environment: the environment file's name
  metadata = {
    application = "parcel"
    environment = "production"
  }

  # The same, for resources with tags.
  tags = [for key, value in local.metadata : "${key}=${value}"]

  # Never content, in any folder.
  left_out = "(^|/)(\\.bzr|\\.git|\\.hg|\\.svn|CVS|\\.gitattributes|\\.gitignore|\\.gitmodules)(/|$)|(^|/)(\\.DS_Store|\\.direnv|\\.env|\\.env\\.local|\\.idea|\\.mypy_cache|\\.nox|\\.pytest_cache|\\.ruff_cache|\\.terraform|\\.tox|\\.venv|\\.vscode|Thumbs\\.db|__pycache__|desktop\\.ini|node_modules)(/|$)|\\.(py[co]|sw[op]|tfplan|tfstate)$|\\.tfstate\\.|~$"
}

# environments/production.yaml: external_network
data "openstack_networking_network_v2" "external" {
  name     = "public"
  external = true
}

resource "openstack_networking_router_v2" "main" {
  name                = "parcel"
  external_network_id = data.openstack_networking_network_v2.external.id
  tags                = local.tags
}

# For tiers without a network in camp.yaml.
resource "openstack_networking_network_v2" "main" {
  name = "parcel"
  tags = local.tags
}

resource "openstack_networking_subnet_v2" "main" {
  name       = "parcel"
  network_id = openstack_networking_network_v2.main.id
  cidr       = "10.85.10.0/24"
  gateway_ip = "10.85.10.1"
  tags       = local.tags
}

resource "openstack_networking_router_interface_v2" "main" {
  router_id = openstack_networking_router_v2.main.id
  subnet_id = openstack_networking_subnet_v2.main.id
}

# For all instances. The security group of each tier adds rules for its links and exposures.
# Traffic without a rule is blocked in both directions.
resource "openstack_networking_secgroup_v2" "machine" {
  name                 = "parcel-machine"
  description          = "All instances of parcel: DNS, NTP and packages out"
  delete_default_rules = true
  tags                 = local.tags
}

# Any destination, because package mirrors and indexes have no fixed addresses.
resource "openstack_networking_secgroup_rule_v2" "machine_out" {
  for_each = {
    dns-tcp = { protocol = "tcp", port = 53 }
    dns-udp = { protocol = "udp", port = 53 }
    http    = { protocol = "tcp", port = 80 }
    https   = { protocol = "tcp", port = 443 }
    ntp     = { protocol = "udp", port = 123 }
  }

  security_group_id = openstack_networking_secgroup_v2.machine.id
  description       = each.key
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = each.value.protocol
  port_range_min    = each.value.port
  port_range_max    = each.value.port
  remote_ip_prefix  = "0.0.0.0/0"
}

# environments/production.yaml: image
data "openstack_images_image_v2" "machine" {
  name        = "debian-12"
  most_recent = true
}
