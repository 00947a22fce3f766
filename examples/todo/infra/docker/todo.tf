# camp.yaml: todo

locals {
  todo_environment = {
    PORT = "3000" # its default port
  }

  # The containers get these as files in /run/secrets, not as variables that `docker inspect` shows.
  todo_secrets = {
    MONGODB_URL = "mongodb://todo:${random_password.mongo.result}@mongo:27017/todo" # ConnectTo mongo
    MONGO_URL   = "mongodb://todo:${random_password.mongo.result}@mongo:27017/todo" # ConnectTo mongo
  }
}

# camp.yaml: todo
resource "docker_image" "todo" {
  name = "todo-todo:cb88486f5151"

  # The SHA-256 of build/todo. If it changes, Terraform builds the image again.
  triggers = {
    content = "cb88486f5151b02aa7c04709f56cab3aafaf711cab8493f6b1625ed6453b4252"
  }

  build {
    context = "${path.module}/build/todo"
  }

  # If a build fails, the image before it stays
  lifecycle {
    create_before_destroy = true
  }
}

# camp.yaml: todo
resource "docker_container" "todo" {
  name                  = "todo-todo"
  image                 = docker_image.todo.image_id
  command               = ["sh", "-c", "node server.js"]
  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["todo"]
  }

  env = [for name, value in local.todo_environment : "${name}=${value}"]

  # A process with the number 1 would ignore signals that it does not handle
  init = true

  ports {
    internal = 3000
    external = var.todo_port
    ip       = "127.0.0.1"
  }

  upload {
    file        = "/run/secrets/MONGODB_URL"
    content     = local.todo_secrets.MONGODB_URL
    permissions = "0444"
  }
  upload {
    file        = "/run/secrets/MONGO_URL"
    content     = local.todo_secrets.MONGO_URL
    permissions = "0444"
  }

  healthcheck {
    test         = ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/3000"]
    interval     = "2s"
    timeout      = "5s"
    retries      = 3
    start_period = "5m0s"
  }

  labels {
    label = "org.camp2iac.health"
    value = "94d3464a92c6"
  }

  depends_on = [docker_container.mongo]
}
