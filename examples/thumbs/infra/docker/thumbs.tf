# camp.yaml: thumbs

locals {
  thumbs_environment = {
    EDGE = var.edge # Env
    PORT = "8000"   # Expose
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  thumbs_secrets = {
    AMQP_URL  = "amqp://thumbs:${random_password.jobs.result}@jobs:5672/thumbs" # ConnectTo jobs
    CACHE_URL = "redis://:${random_password.cache.result}@cache:6379"           # ConnectTo cache
    JOBS_URL  = "amqp://thumbs:${random_password.jobs.result}@jobs:5672/thumbs" # ConnectTo jobs
    REDIS_URL = "redis://:${random_password.cache.result}@cache:6379"           # ConnectTo cache
  }
}

# camp.yaml: thumbs
resource "docker_image" "thumbs" {
  name = "thumbs-thumbs:6de9d250430c"

  # The SHA-256 of build/thumbs. If it changes, Terraform builds the image again.
  triggers = {
    content = "6de9d250430c66cca8cd2e982061be803213d594c5ea6720cb6c329164e1d22b"
  }

  build {
    context = "${path.module}/build/thumbs"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: thumbs
resource "docker_container" "thumbs" {
  name                  = "thumbs-thumbs"
  image                 = docker_image.thumbs.image_id
  command               = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 web:app"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["thumbs"]
  }

  env = [for name, value in local.thumbs_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  ports {
    internal = 8000
    external = var.thumbs_port
    ip       = "127.0.0.1"
  }

  upload {
    file        = "/run/secrets/AMQP_URL"
    content     = local.thumbs_secrets.AMQP_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/CACHE_URL"
    content     = local.thumbs_secrets.CACHE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JOBS_URL"
    content     = local.thumbs_secrets.JOBS_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/REDIS_URL"
    content     = local.thumbs_secrets.REDIS_URL
    permissions = "0444"
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
    docker_container.cache,
    docker_container.jobs,
  ]
}

# camp.yaml: thumbs, Process: worker
resource "docker_container" "thumbs_worker" {
  name                  = "thumbs-thumbs-worker"
  image                 = docker_image.thumbs.image_id
  command               = ["sh", "-c", "python worker.py"]
  restart               = "unless-stopped"
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["thumbs-worker"]
  }

  env = [for name, value in local.thumbs_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/AMQP_URL"
    content     = local.thumbs_secrets.AMQP_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/CACHE_URL"
    content     = local.thumbs_secrets.CACHE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/JOBS_URL"
    content     = local.thumbs_secrets.JOBS_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/REDIS_URL"
    content     = local.thumbs_secrets.REDIS_URL
    permissions = "0444"
  }

  depends_on = [
    docker_container.cache,
    docker_container.jobs,
  ]
}
