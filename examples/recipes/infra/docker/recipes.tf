# camp.yaml: recipes

locals {
  recipes_environment = {
    LANGUAGE = var.language    # Env
    PICTURES = "/srv/pictures" # Env
    PORT     = "8080"          # Expose
    TITLE    = var.title       # Env
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  recipes_secrets = {
    DATABASE_URL = "mysql://recipes:${random_password.database.result}@database:3306/recipes" # ConnectTo database
  }
}

# camp.yaml: recipes
resource "docker_image" "recipes" {
  name = "recipes-recipes:11aa5ca6760a"

  # The SHA-256 of build/recipes. If it changes, Terraform builds the image again.
  triggers = {
    content = "11aa5ca6760a6867d7a136a93fddb33458db5b3a821d23f78422681aa69f3e3d"
  }

  build {
    context = "${path.module}/build/recipes"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: web, Volume pictures
resource "docker_volume" "recipes_pictures" {
  name = "recipes-recipes-1-pictures"
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

  volumes {
    volume_name    = docker_volume.recipes_pictures.name
    container_path = "/srv/pictures"
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

# camp.yaml: recipes, Schedule: sweep
resource "docker_container" "recipes_sweep" {
  name  = "recipes-recipes-sweep"
  image = docker_image.recipes.image_id

  command = [
    "/usr/local/bin/camp-clock",
    "sweep",
    "UTC",
    "30",
    "3",
    "*",
    "*",
    "*",
    "both",
    "skip",
    "0",
    "php bin/sweep.php",
  ]

  restart               = "unless-stopped"
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["recipes-sweep"]
  }

  env = [for name, value in local.recipes_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  upload {
    file        = "/run/secrets/DATABASE_URL"
    content     = local.recipes_secrets.DATABASE_URL
    permissions = "0444"
  }
  upload {
    file        = "/usr/local/bin/camp-clock"
    source      = "${path.module}/schedules/camp-clock"
    source_hash = filesha256("${path.module}/schedules/camp-clock")
    permissions = "0555"
  }

  volumes {
    volume_name    = docker_volume.recipes_pictures.name
    container_path = "/srv/pictures"
  }

  depends_on = [docker_container.database]
}
