# camp.yaml: app

locals {
  app_environment = {
    PLACE = "the cellar" # Env
    PORT  = "8080"       # its default port
    UNIT  = "celsius"    # Env
  }
}

# camp.yaml: app
resource "docker_image" "app" {
  name = "sensor-readings-app:716a82a35878"

  # The SHA-256 of build/app. If it changes, Terraform builds the image again.
  triggers = {
    content = "716a82a35878ca3451381bdbd8af23d6728739c7f8fd901af38a4533f7385716"
  }

  build {
    context = "${path.module}/build/app"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: app
resource "docker_container" "app" {
  name                  = "sensor-readings-app"
  image                 = docker_image.app.image_id
  command               = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 main:application"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["app"]
  }

  env = [for name, value in local.app_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  ports {
    internal = 8080
    external = var.app_port
    ip       = "127.0.0.1"
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
