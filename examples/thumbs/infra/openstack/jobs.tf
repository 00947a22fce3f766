# camp.yaml: jobs

locals {
  jobs_address = openstack_networking_port_v2.jobs_main.all_fixed_ips[0]
}

# The password of jobs. Letters and digits are safe in a URL without encoding.
resource "random_password" "jobs" {
  length  = 32
  special = false
}

resource "openstack_networking_secgroup_v2" "jobs" {
  name                 = "thumbs-jobs"
  description          = "Tier jobs of thumbs"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: thumbs, ConnectTo jobs
resource "openstack_networking_secgroup_rule_v2" "jobs_from_machine" {
  security_group_id = openstack_networking_secgroup_v2.jobs.id
  description       = "AMQP from the tier machine"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5672
  port_range_max    = 5672
  remote_group_id   = openstack_networking_secgroup_v2.machine_tier.id
}

resource "openstack_networking_port_v2" "jobs_main" {
  name       = "thumbs-jobs-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.jobs.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# Flavor from environments/openstack.yaml: sizes, the smallest.
resource "openstack_compute_instance_v2" "jobs" {
  name        = "thumbs-jobs-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = "m1.small"
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "jobs" })

  user_data = templatefile("${path.module}/cloud-init/jobs.yaml.tftpl", {
    scripts  = "${path.module}/cloud-init"
    address  = local.jobs_address
    password = random_password.jobs.result
  })

  network {
    port = openstack_networking_port_v2.jobs_main.id
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
  }
}
