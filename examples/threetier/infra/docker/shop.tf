# camp.yaml: shop

locals {
  # Container => its number. Scaling adds or removes the last keys, and does not change the others.
  shop_containers = { for n in range(1, var.shop_count + 1) : "shop-${n}" => n }

  shop_environment = {
    ORDERS      = "http://orders:8002"                                               # Env
    PORT        = "8000"                                                             # Expose
    STOCK_HOSTS = join(",", [for n in range(1, var.stock_count + 1) : "stock-${n}"]) # Env
    TITLE       = var.title                                                          # Env
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  shop_secrets = {
    SEAL = random_password.seal.result # Env
  }
}

# camp.yaml: shop
resource "docker_image" "shop" {
  name = "harbour-shop:e728b2fb0e56"

  # The SHA-256 of build/shop. If it changes, Terraform builds the image again.
  triggers = {
    content = "e728b2fb0e56e0d7b322a21d3c22d0dd0fe404986d292a3dd9cb2d240873656c"
  }

  build {
    context = "${path.module}/build/shop"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: shop
resource "docker_container" "shop" {
  for_each = local.shop_containers

  name                  = "harbour-${each.key}"
  image                 = docker_image.shop.image_id
  command               = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 shop:app"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.front.name
    aliases = ["shop-members", "shop-${each.value}"]
  }
  networks_advanced {
    name    = docker_network.back.name
    aliases = ["shop-${each.value}"]
  }

  env = [for name, value in local.shop_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/SEAL"
    content     = local.shop_secrets.SEAL
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
}

# camp.yaml: shop, Balance
resource "docker_container" "shop_balancer" {
  name    = "harbour-shop"
  image   = docker_image.balancer.image_id
  restart = "unless-stopped"

  networks_advanced {
    name    = docker_network.front.name
    aliases = ["shop"]
  }
  networks_advanced {
    name    = docker_network.back.name
    aliases = ["shop"]
  }

  ports {
    internal = 8000
    external = var.shop_port
    ip       = "127.0.0.1"
  }

  upload {
    file        = "/usr/local/etc/haproxy/haproxy.cfg"
    content     = file("${path.module}/haproxy/shop.cfg")
    permissions = "0444"
  }

  depends_on = [docker_container.shop]
}
