# camp.yaml: cache

# The password of cache. Letters and digits are safe in a URL without encoding.
resource "random_password" "cache" {
  length  = 32
  special = false
}

# camp.yaml: cache
resource "docker_image" "cache" {
  name         = "redis:8.2-bookworm"
  keep_locally = true
}

# camp.yaml: cache
resource "docker_container" "cache" {
  name  = "bookings-cache"
  image = docker_image.cache.image_id

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
    aliases = ["cache"]
  }

  upload {
    file        = "/run/secrets/password"
    content     = random_password.cache.result
    permissions = "0444"
  }
  upload {
    file        = "/usr/local/etc/redis/redis.conf"
    content     = "port 6379\ndir /data\nappendonly yes\ninclude /usr/local/etc/redis/password.conf\n"
    permissions = "0444"
  }
  upload {
    file        = "/usr/local/bin/camp-start"
    source      = "${path.module}/load/cache/camp-start"
    source_hash = filesha256("${path.module}/load/cache/camp-start")
    permissions = "0555"
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
