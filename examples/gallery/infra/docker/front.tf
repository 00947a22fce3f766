# camp.yaml: front

locals {
  front_environment = {
    CAMP_MEMBERS = "gallery" # members
    PORT         = "8080"    # Expose
  }
}

# camp.yaml: front
resource "docker_image" "front" {
  name = "gallery-front:c94c33fcab11"

  # The SHA-256 of build/front. If it changes, Terraform builds the image again.
  triggers = {
    content = "c94c33fcab11eedc88ca136c16e245d91d4809cb1b206a8b5f0ec806fe1361bd"
  }

  build {
    context = "${path.module}/build/front"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: front
resource "docker_container" "front" {
  name                  = "gallery-front-1"
  image                 = docker_image.front.image_id
  command               = ["sh", "-c", "exec camp-nginx"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["front-members", "front-1"]
  }

  env = [for name, value in local.front_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  volumes {
    volume_name    = docker_volume.gallery_media.name
    container_path = "/srv/media"
    read_only      = true
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

# camp.yaml: front, Balance
resource "docker_container" "front_balancer" {
  name    = "gallery-front"
  image   = docker_image.balancer.image_id
  restart = "unless-stopped"

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["front"]
  }

  ports {
    internal = 8080
    external = var.front_port
    ip       = "127.0.0.1"
  }

  upload {
    file        = "/usr/local/etc/haproxy/haproxy.cfg"
    content     = file("${path.module}/haproxy/front.cfg")
    permissions = "0444"
  }

  depends_on = [docker_container.front]
}
