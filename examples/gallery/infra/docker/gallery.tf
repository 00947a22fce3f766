# camp.yaml: gallery

locals {
  gallery_environment = {
    CURATOR     = var.curator        # Env
    MAIL_HOST   = "mail.example.org" # ConnectTo mail
    MAIL_PORT   = "587"              # ConnectTo mail
    MEDIA_ROOT  = "/srv/media"       # Env
    PORT        = "8000"             # Expose
    SERVE_MEDIA = "no"               # Env
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  gallery_secrets = {
    DATABASE_URL  = "postgresql://gallery:${random_password.database.result}@database:5432/gallery"                                                     # ConnectTo database
    MAIL_PASSWORD = var.mail_password                                                                                                                   # ConnectTo mail
    MAIL_URL      = "smtp://${replace(urlencode(var.mail_user), "+", "%20")}:${replace(urlencode(var.mail_password), "+", "%20")}@mail.example.org:587" # ConnectTo mail
    MAIL_USER     = var.mail_user                                                                                                                       # ConnectTo mail
    SECRET_KEY    = random_password.session_key.result                                                                                                  # Env
  }
}

# camp.yaml: gallery
resource "docker_image" "gallery" {
  name = "gallery-gallery:9ca0f6d2411c"

  # The SHA-256 of build/gallery. If it changes, Terraform builds the image again.
  triggers = {
    content = "9ca0f6d2411c0f713bc89d42d4d4adf2351378b3b0ec029cb809ae52e4c02e2b"
  }

  build {
    context = "${path.module}/build/gallery"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: django, Volume media
resource "docker_volume" "gallery_media" {
  name = "gallery-gallery-1-media"
}

# camp.yaml: gallery
resource "docker_container" "gallery_release" {
  name     = "gallery-gallery-release"
  image    = docker_image.gallery.image_id
  command  = ["sh", "-c", "exec python manage.py migrate --noinput"]
  restart  = "no"
  must_run = false
  attach   = true
  logs     = true

  networks_advanced {
    name = docker_network.default.name
  }

  env = [for name, value in local.gallery_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.gallery_secrets.DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/MAIL_PASSWORD"
    content     = local.gallery_secrets.MAIL_PASSWORD
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/MAIL_URL"
    content     = local.gallery_secrets.MAIL_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/MAIL_USER"
    content     = local.gallery_secrets.MAIL_USER
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/SECRET_KEY"
    content     = local.gallery_secrets.SECRET_KEY
    permissions = "0444"
  }

  depends_on = [docker_container.database]

  lifecycle {
    postcondition {
      condition     = self.exit_code == 0
      error_message = "It ended with exit code ${self.exit_code}: ${self.container_logs}"
    }
  }
}

# camp.yaml: gallery
resource "docker_container" "gallery" {
  name                  = "gallery-gallery-1"
  image                 = docker_image.gallery.image_id
  command               = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 gallery.wsgi:application"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["gallery-members", "gallery-1"]
  }

  env = [for name, value in local.gallery_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.gallery_secrets.DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/MAIL_PASSWORD"
    content     = local.gallery_secrets.MAIL_PASSWORD
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/MAIL_URL"
    content     = local.gallery_secrets.MAIL_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/MAIL_USER"
    content     = local.gallery_secrets.MAIL_USER
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/SECRET_KEY"
    content     = local.gallery_secrets.SECRET_KEY
    permissions = "0444"
  }

  volumes {
    volume_name    = docker_volume.gallery_media.name
    container_path = "/srv/media"
  }

  healthcheck {
    test         = ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8000"]
    interval     = "2s"
    timeout      = "5s"
    retries      = 3
    start_period = "5m0s"
  }

  labels {
    label = "org.camp2iac.health"
    value = "d761cf4548d9"
  }

  depends_on = [
    docker_container.database,
    docker_container.gallery_release,
  ]
}

# camp.yaml: front, Balance
resource "docker_container" "gallery_balancer" {
  name    = "gallery-gallery"
  image   = docker_image.balancer.image_id
  restart = "unless-stopped"

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["gallery"]
  }

  upload {
    file        = "/usr/local/etc/haproxy/haproxy.cfg"
    content     = file("${path.module}/haproxy/gallery.cfg")
    permissions = "0444"
  }

  depends_on = [docker_container.gallery]
}
