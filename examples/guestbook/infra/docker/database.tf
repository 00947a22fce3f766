# camp.yaml: database

# The password of database. Letters and digits are safe in a URL without encoding.
resource "random_password" "database" {
  length  = 32
  special = false
}

# camp.yaml: database
resource "docker_image" "database" {
  name         = "postgres:17-bookworm"
  keep_locally = true
}

# camp.yaml: database, Volume data
resource "docker_volume" "database_data" {
  name = "guestbook-database-1-data"
}

# camp.yaml: database
resource "docker_container" "database" {
  name  = "guestbook-database"
  image = docker_image.database.image_id

  command = [
    "bash",
    "/usr/local/bin/camp-start",
  ]

  restart               = "unless-stopped"
  wait                  = true
  wait_timeout          = 300
  destroy_grace_seconds = 30

  networks_advanced {
    name    = docker_network.back.name
    aliases = ["database"]
  }

  env = [
    "CAMP_USER=guestbook",
    "CAMP_DATABASES=guestbook",
    "POSTGRES_PASSWORD_FILE=/run/secrets/password",
    "POSTGRES_INITDB_ARGS=--encoding=UTF8 --locale=C.UTF-8 --data-checksums",
    "PGDATA=/var/lib/postgresql/data",
  ]

  upload {
    file        = "/run/secrets/password"
    content     = random_password.database.result
    permissions = "0444"
  }
  upload {
    file        = "/usr/local/bin/camp-start"
    source      = "${path.module}/load/database/camp-start"
    source_hash = filesha256("${path.module}/load/database/camp-start")
    permissions = "0555"
  }
  upload {
    file        = "/docker-entrypoint-initdb.d/camp-setup.sh"
    source      = "${path.module}/load/database/camp-setup.sh"
    source_hash = filesha256("${path.module}/load/database/camp-setup.sh")
    permissions = "0555"
  }
  upload {
    file        = "/srv/camp/load/001/guestbook/schema/schema.sql"
    source      = "${path.module}/load/database/001-schema/schema.sql"
    source_hash = filesha256("${path.module}/load/database/001-schema/schema.sql")
    permissions = "0444"
  }

  volumes {
    volume_name    = docker_volume.database_data.name
    container_path = "/var/lib/postgresql/data"
  }

  healthcheck {
    test         = ["CMD", "pg_isready", "--quiet", "--host=127.0.0.1", "--port=5432"]
    interval     = "2s"
    timeout      = "5s"
    retries      = 3
    start_period = "5m0s"
  }

  labels {
    label = "org.camp2iac.health"
    value = "1a8ed36b615d"
  }
}
