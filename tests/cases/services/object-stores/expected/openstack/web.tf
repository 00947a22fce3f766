# camp.yaml: web

locals {
  web_address = openstack_networking_port_v2.web_main.all_fixed_ips[0]

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
    AWS_ACCESS_KEY_ID                = openstack_identity_ec2_credential_v3.store_uploads.access                                      # ConnectTo uploads
    AWS_ENDPOINT_URL_S3              = "https://s3.cloud.example.org:8080"                                                            # ConnectTo uploads
    AWS_REGION                       = "RegionOne"                                                                                    # ConnectTo uploads
    AWS_REQUEST_CHECKSUM_CALCULATION = "when_required"                                                                                # ConnectTo uploads
    AWS_RESPONSE_CHECKSUM_VALIDATION = "when_required"                                                                                # ConnectTo uploads
    AWS_SECRET_ACCESS_KEY            = openstack_identity_ec2_credential_v3.store_uploads.secret                                      # ConnectTo uploads
    PORT                             = "8080"                                                                                         # its default port
    UPLOADS_AWS_ACCESS_KEY_ID        = openstack_identity_ec2_credential_v3.store_uploads.access                                      # ConnectTo uploads
    UPLOADS_AWS_REGION               = "RegionOne"                                                                                    # ConnectTo uploads
    UPLOADS_AWS_SECRET_ACCESS_KEY    = openstack_identity_ec2_credential_v3.store_uploads.secret                                      # ConnectTo uploads
    UPLOADS_BUCKET_NAME              = openstack_objectstorage_container_v1.store_uploads.name                                        # ConnectTo uploads
    UPLOADS_ENDPOINT_URL             = "https://s3.cloud.example.org:8080"                                                            # ConnectTo uploads
    UPLOADS_URL                      = "https://s3.cloud.example.org:8080/${openstack_objectstorage_container_v1.store_uploads.name}" # ConnectTo uploads
  }
}

resource "openstack_networking_secgroup_v2" "web" {
  name                 = "files-web"
  description          = "Tier web of files"
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

# camp.yaml: web, ConnectTo uploads
resource "openstack_networking_secgroup_rule_v2" "web_to_uploads" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  description       = "S3 to uploads, outside this module"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "web_main" {
  name       = "files-web-1-main"
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

resource "openstack_compute_instance_v2" "web" {
  name        = "files-web-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.web_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "web" })

  user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.web_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.web_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
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
      condition = local.web_files != toset(keys(local.web_content)) ? false : alltrue([
        for name, sha256 in local.web_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: web, public by default
resource "openstack_networking_floatingip_v2" "web" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.web_main.id
  description = "files-web-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
