# camp.yaml: mongo

locals {
  mongo_address = openstack_networking_port_v2.mongo_main.all_fixed_ips[0]

  # camp.yaml: tasks, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  tasks_content = {
    "todo/tasks.bson"          = "553b5a9e79139094e50599baf863a061ef69cd0e511afaef49e19a7d1bcf5de2"
    "todo/tasks.metadata.json" = "492d5538294a9b81cd69e2c5fc52080f2ed4d2bb12b5577796b0e936d5acbc57"
  }

  # The files that exist. Of the files that were not compiled, only those that would be content.
  tasks_files = toset([
    for name in fileset("${path.module}/../../dump", "**") : name
    if contains(keys(local.tasks_content), name) || !can(regex(local.left_out, name))
  ])
}

# The password of mongo. Letters and digits are safe in a URL without encoding.
resource "random_password" "mongo" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "mongo" {
  name                 = "todo-mongo"
  description          = "Tier mongo of todo"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: todo, ConnectTo mongo
resource "openstack_networking_secgroup_rule_v2" "mongo_from_runtime" {
  security_group_id = openstack_networking_secgroup_v2.mongo.id
  description       = "MongoDB from the tier runtime"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 27017
  port_range_max    = 27017
  remote_group_id   = openstack_networking_secgroup_v2.runtime.id
}

resource "openstack_networking_port_v2" "mongo_main" {
  name       = "todo-mongo-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.mongo.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "mongo" {
  name        = "todo-mongo-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "mongo" })

  user_data = templatefile("${path.module}/cloud-init/mongo.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    address      = local.mongo_address
    password     = random_password.mongo.result
    content_root = "${path.module}/../../dump"
    content      = local.tasks_content
  })

  network {
    port = openstack_networking_port_v2.mongo_main.id
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
      condition = local.tasks_files != toset(keys(local.tasks_content)) ? false : alltrue([
        for name, sha256 in local.tasks_content : filesha256("${path.module}/../../dump/${name}") == sha256
      ])
      error_message = "dump/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}
