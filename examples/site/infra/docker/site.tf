# camp.yaml: site

locals {
  site_environment = {
    PORT = "8080" # Expose
  }
}

# camp.yaml: site
resource "docker_image" "site" {
  name = "tide-tables-site:9fd47c608e64"

  # The SHA-256 of build/site. If it changes, Terraform builds the image again.
  triggers = {
    content = "9fd47c608e64f637b3dd8cbbcb65e5ae73679123edc3fc1a1dc6a21df53b8943"
  }

  build {
    context = "${path.module}/build/site"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: site
resource "docker_container" "site" {
  name                  = "tide-tables-site"
  image                 = docker_image.site.image_id
  command               = ["sh", "-c", "exec camp-nginx"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["site"]
  }

  env = [for name, value in local.site_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  ports {
    internal = 8080
    external = var.site_port
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
