# camp.yaml: office

locals {
  office_address = openstack_networking_port_v2.office_main.all_fixed_ips[0]

  # camp.yaml: office, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  office_content = {
    "hello.py" = "b2391d907627b09fb2b43d0c433edfcc2756ac5fc10a5d4259183fe21a3b5231"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  office_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.office_content), name) || !can(regex(local.left_out, name))
  ])

  office_environment = {
    PORT = "8000" # Expose
  }
}

resource "openstack_networking_secgroup_v2" "office" {
  name                 = "harbour-office"
  description          = "Tier office of harbour"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: office, Expose
resource "openstack_networking_secgroup_rule_v2" "office_from_anywhere" {
  security_group_id = openstack_networking_secgroup_v2.office.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 80
  port_range_max    = 80
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: office, Expose
resource "openstack_networking_secgroup_rule_v2" "office_from_anywhere_8443" {
  security_group_id = openstack_networking_secgroup_v2.office.id
  description       = "HTTPS from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8443
  port_range_max    = 8443
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "office_main" {
  name       = "harbour-office-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.office.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: office, Volume. Replacing the instance keeps its volume.
resource "openstack_blockstorage_volume_v3" "office_letters" {
  name                 = "harbour-office-1-letters"
  size                 = 1
  enable_online_resize = true
  metadata             = merge(local.metadata, { tier = "office" })

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/acme.yaml, or a list without office.
    prevent_destroy = true
  }
}

# Flavor from environments/acme.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "office" {
  name        = "harbour-office-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "office" })

  user_data = templatefile("${path.module}/cloud-init/office.yaml.tftpl", {
    scripts             = "${path.module}/cloud-init"
    office_volume       = openstack_blockstorage_volume_v3.office_letters.id
    office_content_root = "${path.module}/../../app"
    office_content      = local.office_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    office_environment = join("", [
      for name, value in local.office_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.office_main.id
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
      condition = local.office_files != toset(keys(local.office_content)) ? false : alltrue([
        for name, sha256 in local.office_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_compute_volume_attach_v2" "office_letters" {
  instance_id = openstack_compute_instance_v2.office.id
  volume_id   = openstack_blockstorage_volume_v3.office_letters.id
}

# camp.yaml: office, Expose: public
resource "openstack_networking_floatingip_v2" "office" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.office_main.id
  description = "harbour-office-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
