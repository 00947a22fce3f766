# camp.yaml: database

# The password of database. Letters and digits are safe in a URL without encoding.
resource "random_password" "database" {
  length  = 32
  special = false
}

# camp.yaml: database
resource "docker_image" "database" {
  name         = "mariadb:11.8-noble"
  keep_locally = true
}

# camp.yaml: database
resource "docker_container" "database" {
  name  = "recipes-database"
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
    name    = docker_network.default.name
    aliases = ["database"]
  }

  env = [
    "CAMP_USER=recipes",
    "CAMP_DATABASES=recipes",
    "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1",
    "MARIADB_ROOT_HOST=localhost",
    "MARIADB_AUTO_UPGRADE=1",
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
    file        = "/srv/camp/load/001/recipes/schema/schema.sql"
    source      = "${path.module}/load/database/001-schema/schema.sql"
    source_hash = filesha256("${path.module}/load/database/001-schema/schema.sql")
    permissions = "0444"
  }

  healthcheck {
    test         = ["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"]
    interval     = "2s"
    timeout      = "5s"
    retries      = 3
    start_period = "5m0s"
  }

  labels {
    label = "org.camp2iac.health"
    value = "fca93f97f7c2"
  }
}
