# camp.yaml: api

locals {
  # Container => its number. Scaling adds or removes the last keys, and does not change the others.
  api_containers = { for n in range(1, var.api_count + 1) : "api-${n}" => n }

  # Container => its number. Scaling adds or removes the last keys, and does not change the others.
  api_worker_containers = { for n in range(1, var.background_count + 1) : "api-worker-${n}" => n }

  api_environment = {
    KEEP_DAYS = var.keep_days # Env
    PORT      = "8080"        # Expose
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  api_secrets = {
    CACHE_URL    = "redis://:${random_password.cache.result}@cache:6379"                             # ConnectTo cache
    DATABASE_URL = "postgresql://bookings:${random_password.database.result}@database:5432/bookings" # ConnectTo database
    REDIS_URL    = "redis://:${random_password.cache.result}@cache:6379"                             # ConnectTo cache
  }
}

# camp.yaml: api
resource "docker_image" "api" {
  name = "bookings-api:3ae8062f5135"

  # The SHA-256 of build/api. If it changes, Terraform builds the image again.
  triggers = {
    content = "3ae8062f513560fdf8bcf91eae9cf852bc078646a7f1ef434ae955c7ab60916b"
  }

  build {
    context = "${path.module}/build/api"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: api, Process: release
resource "docker_container" "api_release" {
  name     = "bookings-api-release"
  image    = docker_image.api.image_id
  command  = ["sh", "-c", "python migrate.py"]
  restart  = "no"
  must_run = false
  attach   = true
  logs     = true

  networks_advanced {
    name = docker_network.default.name
  }

  env = [for name, value in local.api_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/CACHE_URL"
    content     = local.api_secrets.CACHE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.api_secrets.DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/REDIS_URL"
    content     = local.api_secrets.REDIS_URL
    permissions = "0444"
  }

  depends_on = [
    docker_container.cache,
    docker_container.database,
  ]

  lifecycle {
    postcondition {
      condition     = self.exit_code == 0
      error_message = "It ended with exit code ${self.exit_code}: ${self.container_logs}"
    }
  }
}

# camp.yaml: api
resource "docker_container" "api" {
  for_each = local.api_containers

  name                  = "bookings-${each.key}"
  image                 = docker_image.api.image_id
  command               = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 bookings:app"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["api-members", "api-${each.value}"]
  }

  env = [for name, value in local.api_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/CACHE_URL"
    content     = local.api_secrets.CACHE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.api_secrets.DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/REDIS_URL"
    content     = local.api_secrets.REDIS_URL
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
    docker_container.cache,
    docker_container.database,
    docker_container.api_release,
  ]
}

# camp.yaml: api, Process: worker
resource "docker_container" "api_worker" {
  for_each = local.api_worker_containers

  name                  = "bookings-${each.key}"
  image                 = docker_image.api.image_id
  command               = ["sh", "-c", "python worker.py"]
  restart               = "unless-stopped"
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["api-worker", "api-worker-${each.value}"]
  }

  env = [for name, value in local.api_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/CACHE_URL"
    content     = local.api_secrets.CACHE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.api_secrets.DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/REDIS_URL"
    content     = local.api_secrets.REDIS_URL
    permissions = "0444"
  }

  depends_on = [
    docker_container.cache,
    docker_container.database,
    docker_container.api_release,
  ]
}

# camp.yaml: api, Schedule: cleanup
resource "docker_container" "api_cleanup" {
  name  = "bookings-api-cleanup"
  image = docker_image.api.image_id

  command = [
    "/usr/local/bin/camp-clock",
    "cleanup",
    "Europe/Madrid",
    "30",
    "3",
    "*",
    "*",
    "*",
    "both",
    "skip",
    "600",
    "python cleanup.py",
  ]

  restart               = "unless-stopped"
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["api-cleanup"]
  }

  env = [for name, value in local.api_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/CACHE_URL"
    content     = local.api_secrets.CACHE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.api_secrets.DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/REDIS_URL"
    content     = local.api_secrets.REDIS_URL
    permissions = "0444"
  }
  upload {
    file        = "/usr/local/bin/camp-clock"
    source      = "${path.module}/schedules/camp-clock"
    source_hash = filesha256("${path.module}/schedules/camp-clock")
    permissions = "0555"
  }

  depends_on = [
    docker_container.cache,
    docker_container.database,
    docker_container.api_release,
  ]
}

# camp.yaml: api, Balance
resource "docker_container" "api_balancer" {
  name    = "bookings-api"
  image   = docker_image.balancer.image_id
  restart = "unless-stopped"

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["api"]
  }

  ports {
    internal = 8080
    external = var.api_port
    ip       = "127.0.0.1"
  }

  upload {
    file        = "/usr/local/etc/haproxy/haproxy.cfg"
    content     = file("${path.module}/haproxy/api.cfg")
    permissions = "0444"
  }

  depends_on = [docker_container.api]
}
