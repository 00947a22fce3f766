# camp.yaml: runtime

locals {
  runtime_address = openstack_networking_port_v2.runtime_main.all_fixed_ips[0]

  # camp.yaml: todo, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  todo_content = {
    "package.json" = "aaddaf95c4a5ec9c301c937c6c86dfae9b96eaf2337c41197dede631e590302a"
    "server.js"    = "e570a9ccb8c22cea319dc7fe7cb3c15d5f2cb42ac33ac3b52f605c93e401b619"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  todo_files = toset([
    for name in fileset("${path.module}/../../app", "**") : name
    if contains(keys(local.todo_content), name) || !can(regex(local.left_out, name))
  ])

  todo_environment = {
    MONGODB_URL = "mongodb://todo:${random_password.mongo.result}@${local.mongo_address}:27017/todo" # ConnectTo mongo
    MONGO_URL   = "mongodb://todo:${random_password.mongo.result}@${local.mongo_address}:27017/todo" # ConnectTo mongo
    PORT        = "3000"                                                                             # its default port
  }
}

resource "openstack_networking_secgroup_v2" "runtime" {
  name                 = "todo-runtime"
  description          = "Tier runtime of todo"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: todo, public by default
resource "openstack_networking_secgroup_rule_v2" "runtime_from_anywhere_3000" {
  security_group_id = openstack_networking_secgroup_v2.runtime.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 3000
  port_range_max    = 3000
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: todo, ConnectTo mongo
resource "openstack_networking_secgroup_rule_v2" "runtime_to_mongo" {
  security_group_id = openstack_networking_secgroup_v2.runtime.id
  description       = "MongoDB to the tier mongo"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27017
  port_range_max    = 27017
  remote_group_id   = openstack_networking_secgroup_v2.mongo.id
}

resource "openstack_networking_port_v2" "runtime_main" {
  name       = "todo-runtime-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.runtime.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "runtime" {
  name        = "todo-runtime-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "runtime" })

  user_data = templatefile("${path.module}/cloud-init/runtime.yaml.tftpl", {
    scripts       = "${path.module}/cloud-init"
    content_root  = "${path.module}/../../app"
    content       = local.todo_content
    mongo_address = local.mongo_address

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.todo_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.runtime_main.id
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
      condition = local.todo_files != toset(keys(local.todo_content)) ? false : alltrue([
        for name, sha256 in local.todo_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: todo, public by default
resource "openstack_networking_floatingip_v2" "runtime" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.runtime_main.id
  description = "todo-runtime-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
