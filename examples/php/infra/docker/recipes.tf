# camp.yaml: recipes

locals {
  recipes_environment = {
    PORT = "8080" # Expose
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  recipes_secrets = {
    DATABASE_URL = "mysql://recipes:${random_password.database.result}@database:3306/recipes" # ConnectTo database
  }
}

# camp.yaml: recipes
resource "docker_image" "recipes" {
  name = "recipes-recipes:a107002e51b3"

  # The SHA-256 of build/recipes. If it changes, Terraform builds the image again.
  triggers = {
    content = "a107002e51b3e1a84df1fa11df0bb4d29a4e5c9dc5f43112676261b4b1553e6b"
  }

  build {
    context = "${path.module}/build/recipes"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: recipes
resource "docker_container" "recipes" {
  name                  = "recipes-recipes"
  image                 = docker_image.recipes.image_id
  command               = ["sh", "-c", "exec apache2-foreground"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["recipes"]
  }

  env = [for name, value in local.recipes_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  ports {
    internal = 8080
    external = var.recipes_port
    ip       = "127.0.0.1"
  }

  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.recipes_secrets.DATABASE_URL
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

  depends_on = [docker_container.database]
}
