# camp.yaml: people

locals {
  # Container => its number. Scaling adds or removes the last keys, and does not change the others.
  people_containers = { for n in range(1, var.people_count + 1) : "people-${n}" => n }

  people_environment = {
    PORT = "8080" # its default port
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  people_secrets = {
    CALL_TOKEN = random_password.call_token.result # Env
  }
}

# camp.yaml: people
resource "docker_image" "people" {
  name = "tickets-people:4d1caee4938f"

  # The SHA-256 of build/people. If it changes, Terraform builds the image again.
  triggers = {
    content = "4d1caee4938fcc97a4ecb20556a00dfa750e8684b185b0cbcf35cb13c9ff2f4d"
  }

  build {
    context = "${path.module}/build/people"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: people
resource "docker_container" "people" {
  for_each = local.people_containers

  name                  = "tickets-${each.key}"
  image                 = docker_image.people.image_id
  command               = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 people:app"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["people-members", "people-${each.value}"]
  }

  env = [for name, value in local.people_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/CALL_TOKEN"
    content     = local.people_secrets.CALL_TOKEN
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
}

# camp.yaml: people, Scale
resource "docker_container" "people_balancer" {
  name    = "tickets-people"
  image   = docker_image.balancer.image_id
  restart = "unless-stopped"

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["people"]
  }

  upload {
    file        = "/usr/local/etc/haproxy/haproxy.cfg"
    content     = file("${path.module}/haproxy/people.cfg")
    permissions = "0444"
  }

  depends_on = [docker_container.people]
}
