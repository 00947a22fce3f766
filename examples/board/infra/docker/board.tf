# camp.yaml: board

locals {
  # Container => its number. Scaling adds or removes the last keys, and does not change the others.
  board_containers = { for n in range(1, var.board_count + 1) : "board-${n}" => n }

  board_environment = {
    PORT  = "8080"    # Expose
    TITLE = var.title # Env
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  board_secrets = {
    NOTES_URL = "redis://:${random_password.notes.result}@notes:6379" # ConnectTo notes
    REDIS_URL = "redis://:${random_password.notes.result}@notes:6379" # ConnectTo notes
  }
}

# camp.yaml: board
resource "docker_image" "board" {
  name = "board-board:73f6a7446473"

  # The SHA-256 of build/board. If it changes, Terraform builds the image again.
  triggers = {
    content = "73f6a7446473258feb945d55b60892ca961b208e30105fda1e3422523f83b60d"
  }

  build {
    context = "${path.module}/build/board"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: board
resource "docker_container" "board" {
  for_each = local.board_containers

  name                  = "board-${each.key}"
  image                 = docker_image.board.image_id
  command               = ["sh", "-c", "node dist/server.js"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["board-members", "board-${each.value}"]
  }

  env = [for name, value in local.board_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/NOTES_URL"
    content     = local.board_secrets.NOTES_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/REDIS_URL"
    content     = local.board_secrets.REDIS_URL
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

  depends_on = [docker_container.notes]
}

# camp.yaml: board, Balance
resource "docker_container" "board_balancer" {
  name    = "board-board"
  image   = docker_image.balancer.image_id
  restart = "unless-stopped"

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["board"]
  }

  ports {
    internal = 8080
    external = var.board_port
    ip       = "127.0.0.1"
  }

  upload {
    file        = "/usr/local/etc/haproxy/haproxy.cfg"
    content     = file("${path.module}/haproxy/board.cfg")
    permissions = "0444"
  }

  depends_on = [docker_container.board]
}
