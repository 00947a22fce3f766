# camp.yaml: orders

locals {
  orders_environment = {
    PORT        = "8002"                                                             # Expose
    STOCK_HOSTS = join(",", [for n in range(1, var.stock_count + 1) : "stock-${n}"]) # Env
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  orders_secrets = {
    DATABASE_URL = "postgresql://harbour-master:${random_password.database.result}@database:5432/harbour" # ConnectTo database
  }
}

# camp.yaml: orders
resource "docker_image" "orders" {
  name = "harbour-orders:286e27330a24"

  # The SHA-256 of build/orders. If it changes, Terraform builds the image again.
  triggers = {
    content = "286e27330a24d37b281ff0a5845b54fd450ca29d65781fe46ba340277331a330"
  }

  build {
    context = "${path.module}/build/orders"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: orders
resource "docker_container" "orders" {
  name                  = "harbour-orders"
  image                 = docker_image.orders.image_id
  command               = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 2 orders:app"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.back.name
    aliases = ["orders"]
  }

  env = [for name, value in local.orders_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.orders_secrets.DATABASE_URL
    permissions = "0444"
  }

  healthcheck {
    test         = ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8002"]
    interval     = "2s"
    timeout      = "5s"
    retries      = 3
    start_period = "5m0s"
  }

  labels {
    label = "org.camp2iac.health"
    value = "edd9c5cc9e27"
  }

  depends_on = [docker_container.database]
}
