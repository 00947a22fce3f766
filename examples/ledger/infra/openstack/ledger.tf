# camp.yaml: ledger

locals {
  # Instance => its number. Scaling adds or removes the last keys, and does not change the others.
  ledger_machines = { for n in range(1, var.ledger_count + 1) : "ledger-${n}" => n }

  # camp.yaml: ledger, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  ledger_content = {
    "pom.xml"                                       = "2a376b7713646a4256d70e32dfb95ddf70827b98ce0b28e614ea29706cdcc6c7"
    "src/main/java/org/example/ledger/Book.java"    = "555cc112363809b219513443a02dd79ee4dd78fa698b4d71f3d4945b8d1f94c1"
    "src/main/java/org/example/ledger/Main.java"    = "78d918717a306079b0a9fd5f5002629645b70406156a95b8667dc8d776691941"
    "src/main/java/org/example/ledger/Service.java" = "c3fe8b10228480ff1ac561f21d2192398ffeb347101a47b9c4dd5f0f2999f0fd"
    "src/main/resources/tables.sql"                 = "e64ce7f66171fa2908b85d2eeb16463415617f9764a3284a4c9c29dff96bdf65"
  }

  ledger_environment = {
    CURRENCY               = "EUR"                                                                                                                                                                      # Env
    DATABASE_URL           = "postgresql://${replace(urlencode(var.database_user), "+", "%20")}:${replace(urlencode(var.database_password), "+", "%20")}@db.example.org/ledger"                         # ConnectTo database
    JDBC_DATABASE_PASSWORD = var.database_password                                                                                                                                                      # ConnectTo database
    JDBC_DATABASE_URL      = "jdbc:postgresql://db.example.org:5432/ledger?user=${replace(urlencode(var.database_user), "+", "%20")}&password=${replace(urlencode(var.database_password), "+", "%20")}" # ConnectTo database
    JDBC_DATABASE_USERNAME = var.database_user                                                                                                                                                          # ConnectTo database
    LIMIT                  = var.limit                                                                                                                                                                  # Env
    PORT                   = "8080"                                                                                                                                                                     # Expose
  }

  # All instances of the tier have the same user data.
  ledger_user_data = templatefile("${path.module}/cloud-init/ledger.yaml.tftpl", {
    scripts      = "${path.module}/cloud-init"
    content_root = "${path.module}/../../app"
    content      = local.ledger_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    environment = join("", [
      for name, value in local.ledger_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })
}

# environments/openstack.yaml: sizes; camp.yaml: ledger, Compute
data "openstack_compute_flavor_v2" "ledger" {
  name = "m1.large"

  lifecycle {
    postcondition {
      condition     = try(self.ram >= 8192, true)
      error_message = "The plan requires 8 GiB of memory for the tier ledger (camp.yaml: ledger, Compute)."
    }
  }
}

resource "openstack_networking_secgroup_v2" "ledger" {
  name                 = "ledger-ledger"
  description          = "Tier ledger of ledger"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: ledger, Balance; camp.yaml: ledger, Expose.
# The load balancer connects from its own addresses in the VIP's subnet, not from the VIP.
resource "openstack_networking_secgroup_rule_v2" "ledger_from_balancer_443" {
  security_group_id = openstack_networking_secgroup_v2.ledger.id
  description       = "HTTP from the load balancer"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = openstack_networking_subnet_v2.ledger_balancer.cidr
}

# camp.yaml: ledger, ConnectTo database
resource "openstack_networking_secgroup_rule_v2" "ledger_to_database" {
  security_group_id = openstack_networking_secgroup_v2.ledger.id
  description       = "PostgreSQL to database, outside this module"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "ledger_main" {
  for_each = local.ledger_machines

  name       = "ledger-${each.key}-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.ledger.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

resource "openstack_compute_instance_v2" "ledger" {
  for_each = local.ledger_machines

  name        = "ledger-${each.key}"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = data.openstack_compute_flavor_v2.ledger.name
  key_pair    = var.key_pair
  user_data   = local.ledger_user_data
  metadata    = merge(local.metadata, { tier = "ledger" })

  network {
    port = openstack_networking_port_v2.ledger_main[each.key].id
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
      condition = alltrue([
        for name, sha256 in local.ledger_content : filesha256("${path.module}/../../app/${name}") == sha256
      ])
      error_message = "app/ has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: ledger, Balance
resource "openstack_lb_loadbalancer_v2" "ledger" {
  name          = "ledger-ledger"
  vip_subnet_id = openstack_networking_subnet_v2.ledger_balancer.id
}

# camp.yaml: ledger, Expose: as
resource "openstack_lb_listener_v2" "ledger_443" {
  name                      = "ledger-ledger-443"
  loadbalancer_id           = openstack_lb_loadbalancer_v2.ledger.id
  protocol                  = "TERMINATED_HTTPS"
  protocol_port             = 443
  default_tls_container_ref = "https://keys.example.org/v1/containers/6f0f2a1e-3b1c-4d0e-9a57-0f6f3b1f2c55"

  insert_headers = {
    X-Forwarded-For   = "true"
    X-Forwarded-Proto = "true"
  }
}

resource "openstack_lb_pool_v2" "ledger_443" {
  name        = "ledger-ledger-443"
  listener_id = openstack_lb_listener_v2.ledger_443.id
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
}

# camp.yaml: ledger, Balance: health
resource "openstack_lb_monitor_v2" "ledger_443" {
  name           = "ledger-ledger-443"
  pool_id        = openstack_lb_pool_v2.ledger_443.id
  type           = "HTTP"
  http_method    = "GET"
  url_path       = "/healthz"
  expected_codes = "200"
  delay          = 5
  timeout        = 3
  max_retries    = 3
}

# A resource for each instance, so that scaling does not change the other members.
resource "openstack_lb_member_v2" "ledger_443" {
  for_each = local.ledger_machines

  name          = "ledger-${each.key}"
  pool_id       = openstack_lb_pool_v2.ledger_443.id
  subnet_id     = openstack_networking_subnet_v2.ledger_balancer.id
  address       = openstack_networking_port_v2.ledger_main[each.key].all_fixed_ips[0]
  protocol_port = 8080

  # Terraform removes the member before it destroys the instance.
  depends_on = [openstack_compute_instance_v2.ledger]
}

# camp.yaml: ledger, Expose: public
resource "openstack_networking_floatingip_v2" "ledger" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_lb_loadbalancer_v2.ledger.vip_port_id
  description = "ledger-ledger"
  tags        = local.tags

  # Neutron needs the router in the VIP's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.ledger_balancer]
}
