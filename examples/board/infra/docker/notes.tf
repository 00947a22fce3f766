# camp.yaml: notes

# The password of notes. Letters and digits are safe in a URL without encoding.
resource "random_password" "notes" {
  length  = 32
  special = false
}

# camp.yaml: notes
resource "docker_image" "notes" {
  name         = "redis:8.2-bookworm"
  keep_locally = true
}

# camp.yaml: notes, Volume data
resource "docker_volume" "notes_data" {
  name = "board-notes-1-data"
}

# camp.yaml: notes
resource "docker_container" "notes" {
  name  = "board-notes"
  image = docker_image.notes.image_id

  command = [
    "sh",
    "/usr/local/bin/camp-start",
  ]

  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.default.name
    aliases = ["notes"]
  }

  upload {
    file        = "/run/secrets/password"
    content     = random_password.notes.result
    permissions = "0444"
  }
  upload {
    file        = "/usr/local/etc/redis/redis.conf"
    content     = "port 6379\ndir /data\nappendonly yes\ninclude /usr/local/etc/redis/password.conf\n"
    permissions = "0444"
  }
  upload {
    file        = "/usr/local/bin/camp-start"
    source      = "${path.module}/load/notes/camp-start"
    source_hash = filesha256("${path.module}/load/notes/camp-start")
    permissions = "0555"
  }

  volumes {
    volume_name    = docker_volume.notes_data.name
    container_path = "/data"
  }

  healthcheck {
    test = [
      "CMD",
      "sh",
      "-c",
      "REDISCLI_AUTH=$(cat /run/secrets/password) redis-cli -p 6379 ping | grep -qx PONG",
    ]

    interval     = "2s"
    timeout      = "5s"
    retries      = 3
    start_period = "5m0s"
  }

  labels {
    label = "org.camp2iac.health"
    value = "0c2e6d7e7f2d"
  }
}
