# camp.yaml: stock

locals {
  # Container => its number. Scaling adds or removes the last keys, and does not change the others.
  stock_containers = { for n in range(1, var.stock_count + 1) : "stock-${n}" => n }

  stock_environment = {
    ORDERS = "http://orders:8002" # Env
    PORT   = "8001"               # Expose
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  stock_secrets = {
    DATABASE_URL = "postgresql://harbour-master:${random_password.database.result}@database:5432/harbour" # ConnectTo database
  }
}

# camp.yaml: stock
resource "docker_image" "stock" {
  name = "harbour-stock:a581ee84deae"

  # The SHA-256 of build/stock. If it changes, Terraform builds the image again.
  triggers = {
    content = "a581ee84deaef58ecdfdaa9352a4f60fb9fb33e4aee1cb71160d4b8283510bec"
  }

  build {
    context = "${path.module}/build/stock"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: stock
resource "docker_container" "stock" {
  for_each = local.stock_containers

  name                  = "harbour-${each.key}"
  image                 = docker_image.stock.image_id
  command               = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 stock:app"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.back.name
    aliases = ["stock-members", "stock-${each.value}"]
  }

  env = [for name, value in local.stock_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.stock_secrets.DATABASE_URL
    permissions = "0444"
  }

  healthcheck {
    test         = ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8001"]
    interval     = "2s"
    timeout      = "5s"
    retries      = 3
    start_period = "5m0s"
  }

  labels {
    label = "org.camp2iac.health"
    value = "e4bfabd8128c"
  }

  depends_on = [docker_container.database]
}

# camp.yaml: stock, Scale
resource "docker_container" "stock_balancer" {
  name    = "harbour-stock"
  image   = docker_image.balancer.image_id
  restart = "unless-stopped"

  networks_advanced {
    name    = docker_network.back.name
    aliases = ["stock"]
  }

  upload {
    file        = "/usr/local/etc/haproxy/haproxy.cfg"
    content     = file("${path.module}/haproxy/stock.cfg")
    permissions = "0444"
  }

  depends_on = [docker_container.stock]
}
