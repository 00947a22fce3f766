# camp.yaml: ledger

locals {
  # Container => its number. Scaling adds or removes the last keys, and does not change the others.
  ledger_containers = { for n in range(1, var.ledger_count + 1) : "ledger-${n}" => n }

  ledger_environment = {
    CAMP_HEAP = var.heap  # heap
    CURRENCY  = "EUR"     # Env
    LIMIT     = var.limit # Env
    PORT      = "8080"    # Expose
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  ledger_secrets = {
    DATABASE_URL           = "postgresql://${replace(urlencode(var.database_user), "+", "%20")}:${replace(urlencode(var.database_password), "+", "%20")}@db.example.org/ledger"                         # ConnectTo database
    JDBC_DATABASE_PASSWORD = var.database_password                                                                                                                                                      # ConnectTo database
    JDBC_DATABASE_URL      = "jdbc:postgresql://db.example.org:5432/ledger?user=${replace(urlencode(var.database_user), "+", "%20")}&password=${replace(urlencode(var.database_password), "+", "%20")}" # ConnectTo database
    JDBC_DATABASE_USERNAME = var.database_user                                                                                                                                                          # ConnectTo database
  }
}

# camp.yaml: ledger
resource "docker_image" "ledger" {
  name = "ledger-ledger:63282283f301"

  # The SHA-256 of build/ledger. If it changes, Terraform builds the image again.
  triggers = {
    content = "63282283f3012298b637513cd9fd9eb0c211f0600846fadd46410a5b86befa6e"
  }

  build {
    context = "${path.module}/build/ledger"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: ledger, Process: release
resource "docker_container" "ledger_release" {
  name     = "ledger-ledger-release"
  image    = docker_image.ledger.image_id
  command  = ["sh", "-c", "java -jar target/ledger.jar migrate"]
  restart  = "no"
  must_run = false
  attach   = true
  logs     = true

  networks_advanced {
    name = docker_network.default.name
  }

  env = [for name, value in local.ledger_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.ledger_secrets.DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JDBC_DATABASE_PASSWORD"
    content     = local.ledger_secrets.JDBC_DATABASE_PASSWORD
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JDBC_DATABASE_URL"
    content     = local.ledger_secrets.JDBC_DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JDBC_DATABASE_USERNAME"
    content     = local.ledger_secrets.JDBC_DATABASE_USERNAME
    permissions = "0444"
  }

  lifecycle {
    postcondition {
      condition     = self.exit_code == 0
      error_message = "It ended with exit code ${self.exit_code}: ${self.container_logs}"
    }
  }
}

# camp.yaml: ledger
resource "docker_container" "ledger" {
  for_each = local.ledger_containers

  name                  = "ledger-${each.key}"
  image                 = docker_image.ledger.image_id
  command               = ["sh", "-c", "exec java -Xmx$${CAMP_HEAP}m -Dserver.port=$PORT -jar \"$(cat /opt/archive)\""]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["ledger-members", "ledger-${each.value}"]
  }

  env = [for name, value in local.ledger_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.ledger_secrets.DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JDBC_DATABASE_PASSWORD"
    content     = local.ledger_secrets.JDBC_DATABASE_PASSWORD
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JDBC_DATABASE_URL"
    content     = local.ledger_secrets.JDBC_DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JDBC_DATABASE_USERNAME"
    content     = local.ledger_secrets.JDBC_DATABASE_USERNAME
    permissions = "0444"
  }

  healthcheck {
    test         = ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"]
    interval     = "2s"
    timeout      = "5s"
    retries      = 3
    start_period = "5m0s"
  }

  labels {
    label = "org.camp2iac.health"
    value = "a3ce96f37cc7"
  }

  depends_on = [docker_container.ledger_release]
}

# camp.yaml: ledger, Balance
resource "docker_container" "ledger_balancer" {
  name    = "ledger-ledger"
  image   = docker_image.balancer.image_id
  restart = "unless-stopped"

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["ledger"]
  }

  ports {
    internal = 8080
    external = var.ledger_port
    ip       = "127.0.0.1"
  }

  upload {
    file        = "/usr/local/etc/haproxy/haproxy.cfg"
    content     = file("${path.module}/haproxy/ledger.cfg")
    permissions = "0444"
  }

  depends_on = [docker_container.ledger]
}
