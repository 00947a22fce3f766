# camp.yaml: web

locals {
  web_environment = {
    PEOPLE_HOST  = "people"              # ConnectTo people
    PEOPLE_PORT  = "8080"                # ConnectTo people
    PEOPLE_URL   = "http://people:8080"  # ConnectTo people
    PORT         = "8080"                # Expose
    TICKETS_HOST = "tickets"             # ConnectTo tickets
    TICKETS_PORT = "8080"                # ConnectTo tickets
    TICKETS_URL  = "http://tickets:8080" # ConnectTo tickets
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  web_secrets = {
    CALL_TOKEN = random_password.call_token.result # Env
  }
}

# camp.yaml: web
resource "docker_image" "web" {
  name = "tickets-web:c04c614a1e27"

  # The SHA-256 of build/web. If it changes, Terraform builds the image again.
  triggers = {
    content = "c04c614a1e27eef244b01c9598e4af308b98878811a62077e417a33750c1036e"
  }

  build {
    context = "${path.module}/build/web"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: web
resource "docker_container" "web" {
  name                  = "tickets-web"
  image                 = docker_image.web.image_id
  command               = ["sh", "-c", "node server.js"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["web"]
  }

  env = [for name, value in local.web_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  ports {
    internal = 8080
    external = var.web_port
    ip       = "127.0.0.1"
  }

  upload {
    file        = "/run/secrets/CALL_TOKEN"
    content     = local.web_secrets.CALL_TOKEN
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

  depends_on = [docker_container.people_balancer]
}
