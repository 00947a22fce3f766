# camp.yaml: mail

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  mail_machines = { for n in range(1, var.mail_count + 1) : "mail-${n}" => n }

  # camp.yaml: mail, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  mail_content = {
    "announce.py" = "8d8dc5d72d077e866dde6a9fbaf26b0ae199707f92a189a96fcf6170cadc72df"
    "digest.py"   = "bb6f1969c8326ce8ca9338ef46f69c209c186e6e86eb274a4dd9480c89809513"
    "mail.py"     = "3a7903352526e06da9ac4419ccf3ca8f6e51f6133d6422330525ab8abd9b8177"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  mail_files = toset([
    for name in fileset("${path.module}/../../mail", "**") : name
    if contains(keys(local.mail_content), name) || !can(regex(local.left_out, name))
  ])

  mail_environment = {
    PORT = "8080" # its default port
  }

  # All instances of the tier have the same user data.
  mail_user_data = templatefile("${path.module}/cloud-init/mail.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../mail"
    content      = local.mail_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.mail_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

resource "openstack_networking_secgroup_v2" "mail" {
  name                 = "shop-mail"
  description          = "Tier mail of shop"
  delete_default_rules = true
  tags                 = local.tags
}

resource "openstack_networking_port_v2" "mail_main" {
  for_each = local.mail_machines

  name       = "shop-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.mail.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "mail" {
  for_each = local.mail_machines

  name        = "shop-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.mail_flavor
  key_pair    = var.key_pair
  user_data   = local.mail_user_data
  metadata    = merge(local.metadata, { tier = "mail" })

  network {
    port = openstack_networking_port_v2.mail_main[each.key].id
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
      condition = local.mail_files != toset(keys(local.mail_content)) ? false : alltrue([
        for name, sha256 in local.mail_content : filesha256("${path.module}/../../mail/${name}") == sha256
      ])
      error_message = "mail/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
