# camp.yaml: tickets

locals {
  tickets_environment = {
    DAYS        = var.days             # Env
    PEOPLE_HOST = "people"             # ConnectTo people
    PEOPLE_PORT = "8080"               # ConnectTo people
    PEOPLE_URL  = "http://people:8080" # ConnectTo people
    PORT        = "8080"               # its default port
    WEB_HOST    = "web"                # ConnectTo web
    WEB_PORT    = "8080"               # ConnectTo web
    WEB_URL     = "http://web:8080"    # ConnectTo web
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  tickets_secrets = {
    CALL_TOKEN   = random_password.call_token.result                                               # Env
    DATABASE_URL = "postgresql://tickets:${random_password.database.result}@database:5432/tickets" # ConnectTo database
  }
}

# camp.yaml: tickets
resource "docker_image" "tickets" {
  name = "tickets-tickets:15ef29a046fa"

  # The SHA-256 of build/tickets. If it changes, Terraform builds the image again.
  triggers = {
    content = "15ef29a046faba634372ba54417981e0c8a8dea4968d6ce687a9ad7eac434385"
  }

  build {
    context = "${path.module}/build/tickets"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: tickets, Process: web
resource "docker_container" "tickets" {
  name                  = "tickets-tickets"
  image                 = docker_image.tickets.image_id
  command               = ["sh", "-c", "bin/server"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["tickets"]
  }

  env = [for name, value in local.tickets_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/CALL_TOKEN"
    content     = local.tickets_secrets.CALL_TOKEN
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.tickets_secrets.DATABASE_URL
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

  depends_on = [
    docker_container.database,
    docker_container.people_balancer,
  ]
}

# camp.yaml: tickets, Schedule: archive
resource "docker_container" "tickets_archive" {
  name  = "tickets-tickets-archive"
  image = docker_image.tickets.image_id

  command = [
    "/usr/local/bin/camp-clock",
    "archive",
    "Europe/Zurich",
    "15",
    "2",
    "*",
    "*",
    "*",
    "both",
    "skip",
    "600",
    "bin/archive",
  ]

  restart               = "unless-stopped"
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["tickets-archive"]
  }

  env = [for name, value in local.tickets_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/CALL_TOKEN"
    content     = local.tickets_secrets.CALL_TOKEN
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.tickets_secrets.DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/usr/local/bin/camp-clock"
    source      = "${path.module}/schedules/camp-clock"
    source_hash = filesha256("${path.module}/schedules/camp-clock")
    permissions = "0555"
  }

  depends_on = [
    docker_container.database,
    docker_container.people_balancer,
  ]
}
