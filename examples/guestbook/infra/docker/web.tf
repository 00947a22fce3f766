# camp.yaml: web

locals {
  # Container => its number. Scaling adds or removes the last keys, and does not change the others.
  web_containers = { for n in range(1, var.web_count + 1) : "web-${n}" => n }

  web_environment = {
    GREETING = var.greeting            # Env
    PORT     = "8080"                  # Expose
    TITLE    = "Sign here, $${friend}" # Env
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  web_secrets = {
    DATABASE_URL = "postgresql://guestbook:${random_password.database.result}@database:5432/guestbook" # ConnectTo database
  }
}

# camp.yaml: web
resource "docker_image" "web" {
  name = "guestbook-web:79487c7d431b"

  # The SHA-256 of build/web. If it changes, Terraform builds the image again.
  triggers = {
    content = "79487c7d431b12b864c152dd77a3164d24bcfecf350cf15a9b779eb5eb583a18"
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
  for_each = local.web_containers

  name                  = "guestbook-${each.key}"
  image                 = docker_image.web.image_id
  command               = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 guestbook:app"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.front.name
    aliases = ["web-members", "web-${each.value}"]
  }
  networks_advanced {
    name    = docker_network.back.name
    aliases = ["web-${each.value}"]
  }

  env = [for name, value in local.web_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.web_secrets.DATABASE_URL
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

  depends_on = [docker_container.database]
}

# camp.yaml: web, Balance
resource "docker_container" "web_balancer" {
  name    = "guestbook-web"
  image   = docker_image.balancer.image_id
  restart = "unless-stopped"

  networks_advanced {
    name    = docker_network.front.name
    aliases = ["web"]
  }
  networks_advanced {
    name    = docker_network.back.name
    aliases = ["web"]
  }

  ports {
    internal = 8080
    external = var.web_port
    ip       = "127.0.0.1"
  }

  upload {
    file        = "/usr/local/etc/haproxy/haproxy.cfg"
    content     = file("${path.module}/haproxy/web.cfg")
    permissions = "0444"
  }

  depends_on = [docker_container.web]
}
