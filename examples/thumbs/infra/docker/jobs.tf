# camp.yaml: jobs

# The password of jobs. Letters and digits are safe in a URL without encoding.
resource "random_password" "jobs" {
  length  = 32
  special = false
}

# camp.yaml: jobs
resource "docker_image" "jobs" {
  name         = "rabbitmq:4.0"
  keep_locally = true
}

# camp.yaml: jobs
resource "docker_container" "jobs" {
  name  = "thumbs-jobs"
  image = docker_image.jobs.image_id

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
    aliases = ["jobs"]
  }

  env = [
    "CAMP_USER=thumbs",
    "CAMP_DATABASES=thumbs",
    "RABBITMQ_NODENAME=rabbit@localhost",
    "RABBITMQ_USE_LONGNAME=false",
  ]

  upload {
    file        = "/run/secrets/password"
    content     = random_password.jobs.result
    permissions = "0444"
  }
  upload {
    file        = "/etc/rabbitmq/conf.d/20-camp.conf"
    content     = "listeners.tcp.default = 5672\nload_definitions = /etc/rabbitmq/camp.json\n"
    permissions = "0444"
  }
  upload {
    file        = "/usr/local/bin/camp-start"
    source      = "${path.module}/load/jobs/camp-start"
    source_hash = filesha256("${path.module}/load/jobs/camp-start")
    permissions = "0555"
  }

  healthcheck {
    test         = ["CMD", "bash", "-c", "exec 3<> /dev/tcp/127.0.0.1/5672"]
    interval     = "2s"
    timeout      = "5s"
    retries      = 3
    start_period = "5m0s"
  }

  labels {
    label = "org.camp2iac.health"
    value = "6ba1d3dba34e"
  }
}
