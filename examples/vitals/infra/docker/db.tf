# camp.yaml: db

# The password of db. Letters and digits are safe in a URL without encoding.
resource "random_password" "db" {
  length  = 32
  special = false
}

# camp.yaml: db
resource "docker_image" "db" {
  name         = "postgres:18-bookworm"
  keep_locally = true
}

# camp.yaml: db
resource "docker_container" "db" {
  name  = "vitals-db"
  image = docker_image.db.image_id

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
    aliases = ["db"]
  }

  env = [
    "CAMP_USER=vitals",
    "CAMP_DATABASES=vitals",
    "POSTGRES_PASSWORD_FILE=/run/secrets/password",
    "POSTGRES_INITDB_ARGS=--encoding=UTF8 --locale=C.UTF-8 --data-checksums",
    "PGDATA=/var/lib/postgresql/data",
  ]

  upload {
    file        = "/run/secrets/password"
    content     = random_password.db.result
    permissions = "0444"
  }
  upload {
    file        = "/usr/local/bin/camp-start"
    source      = "${path.module}/load/db/camp-start"
    source_hash = filesha256("${path.module}/load/db/camp-start")
    permissions = "0555"
  }
  upload {
    file        = "/docker-entrypoint-initdb.d/camp-setup.sh"
    source      = "${path.module}/load/db/camp-setup.sh"
    source_hash = filesha256("${path.module}/load/db/camp-setup.sh")
    permissions = "0555"
  }
  upload {
    file        = "/srv/camp/load/001/vitals/tables/vitals.sql"
    source      = "${path.module}/load/db/001-tables/vitals.sql"
    source_hash = filesha256("${path.module}/load/db/001-tables/vitals.sql")
    permissions = "0444"
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
