# camp.yaml: mongo

# The password of mongo. Letters and digits are safe in a URL without encoding.
resource "random_password" "mongo" {
  length  = 32
  special = false
}

# camp.yaml: mongo
resource "docker_image" "mongo" {
  name         = "mongo:8.0-noble"
  keep_locally = true
}

# camp.yaml: mongo
resource "docker_container" "mongo" {
  name  = "todo-mongo"
  image = docker_image.mongo.image_id

  command = [
    "bash",
    "/usr/local/bin/camp-start",
  ]

  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["mongo"]
  }

  env = ["CAMP_USER=todo", "CAMP_DATABASES=todo"]

  upload {
    file        = "/run/secrets/password"
    content     = random_password.mongo.result
    permissions = "0444"
  }
  upload {
    file        = "/usr/local/bin/camp-start"
    source      = "${path.module}/load/mongo/camp-start"
    source_hash = filesha256("${path.module}/load/mongo/camp-start")
    permissions = "0555"
  }
  upload {
    file        = "/docker-entrypoint-initdb.d/camp-setup.sh"
    source      = "${path.module}/load/mongo/camp-setup.sh"
    source_hash = filesha256("${path.module}/load/mongo/camp-setup.sh")
    permissions = "0555"
  }
  upload {
    file        = "/srv/camp/load/001/todo/tasks/todo/tasks.bson"
    source      = "${path.module}/load/mongo/001-tasks/todo/tasks.bson"
    source_hash = filesha256("${path.module}/load/mongo/001-tasks/todo/tasks.bson")
    permissions = "0444"
  }
  upload {
    file        = "/srv/camp/load/001/todo/tasks/todo/tasks.metadata.json"
    source      = "${path.module}/load/mongo/001-tasks/todo/tasks.metadata.json"
    source_hash = filesha256("${path.module}/load/mongo/001-tasks/todo/tasks.metadata.json")
    permissions = "0444"
  }

  healthcheck {
    test         = ["CMD", "bash", "-c", "exec 3<> \"/dev/tcp/$HOSTNAME/27017\""]
    interval     = "2s"
    timeout      = "5s"
    retries      = 3
    start_period = "5m0s"
  }

  labels {
    label = "org.camp2iac.health"
    value = "c5c664b7ed09"
  }
}
