# camp.yaml: vitals

locals {
  vitals_environment = {
    JDBC_DATABASE_USERNAME = "vitals" # ConnectTo db
    JDBC_DB_USERNAME       = "vitals" # ConnectTo db
    PORT                   = "8080"   # its default port
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  vitals_secrets = {
    DATABASE_URL           = "postgresql://vitals:${random_password.db.result}@db:5432/vitals"                    # ConnectTo db
    DB_URL                 = "postgresql://vitals:${random_password.db.result}@db:5432/vitals"                    # ConnectTo db
    JDBC_DATABASE_PASSWORD = random_password.db.result                                                            # ConnectTo db
    JDBC_DATABASE_URL      = "jdbc:postgresql://db:5432/vitals?user=vitals&password=${random_password.db.result}" # ConnectTo db
    JDBC_DB_PASSWORD       = random_password.db.result                                                            # ConnectTo db
    JDBC_DB_URL            = "jdbc:postgresql://db:5432/vitals?user=vitals&password=${random_password.db.result}" # ConnectTo db
  }
}

# camp.yaml: vitals
resource "docker_image" "vitals" {
  name = "vitals-vitals:d38b3e49d7f4"

  # The SHA-256 of build/vitals. If it changes, Terraform builds the image again.
  triggers = {
    content = "d38b3e49d7f42232039508145798c8cceec0cdc10c244dddf2957f7bc82cf568"
  }

  build {
    context = "${path.module}/build/vitals"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: vitals
resource "docker_container" "vitals" {
  name  = "vitals-vitals"
  image = docker_image.vitals.image_id

  command = [
    "sh",
    "-c",
    "mkdir -p /tmp/webapps && export CATALINA_OPTS=\"-Dapp.port=$PORT\" && exec catalina.sh run",
  ]

  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["vitals"]
  }

  env = [for name, value in local.vitals_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  ports {
    internal = 8080
    external = var.vitals_port
    ip       = "127.0.0.1"
  }

  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.vitals_secrets.DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/DB_URL"
    content     = local.vitals_secrets.DB_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JDBC_DATABASE_PASSWORD"
    content     = local.vitals_secrets.JDBC_DATABASE_PASSWORD
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JDBC_DATABASE_URL"
    content     = local.vitals_secrets.JDBC_DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JDBC_DB_PASSWORD"
    content     = local.vitals_secrets.JDBC_DB_PASSWORD
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JDBC_DB_URL"
    content     = local.vitals_secrets.JDBC_DB_URL
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

  depends_on = [docker_container.db]
}
