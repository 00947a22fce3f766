# camp.yaml: web; region from environments/heroku.yaml
resource "heroku_app" "web" {
  name       = var.web_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
  acm        = true
}

# camp.yaml: web, configuration; environments/heroku.yaml: variables
resource "heroku_app_config_association" "web" {
  app_id = heroku_app.web.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/web/.camp2iac/release"))
    LOG_LEVEL        = "debug"
  }

  sensitive_vars = {
    MAIL_TOKEN = var.mail_token
  }
}

# environments/heroku.yaml: extras
resource "heroku_addon" "web_mailgun" {
  app_id = heroku_app.web.id
  plan   = "mailgun:starter"

  config = {
    region = "eu"
  }
}

# environments/heroku.yaml: extras
resource "heroku_addon" "web_papertrail" {
  app_id = heroku_app.web.id
  plan   = "papertrail:choklad"
}

# camp.yaml: web, content
resource "heroku_build" "web" {
  app_id = heroku_app.web.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # web/build/web/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/web", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [
    heroku_addon.web_mailgun,
    heroku_addon.web_papertrail,
    heroku_app_config_association.web,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.web.stack,
      heroku_app.web.buildpacks,
    ]
  }
}

# camp.yaml: runtime, Scale
resource "heroku_formation" "web" {
  app_id   = heroku_app.web.id
  type     = "web"
  quantity = var.web_count
  size     = var.web_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.web]

  lifecycle {
    # Heroku autoscales these dynos, within the limits of ps:autoscale. Terraform sets only
    # the initial number.
    ignore_changes = [quantity]
  }
}

# camp.yaml: web, Process: clock
resource "heroku_formation" "web_clock" {
  app_id   = heroku_app.web.id
  type     = "clock"
  quantity = var.web_clock_count
  size     = var.web_clock_dyno_size

  # The process type exists only after a build with this Procfile. A build starts one basic
  # web dyno, which Heroku does not mix with larger ones.
  depends_on = [
    heroku_build.web,
    heroku_formation.web,
  ]

  lifecycle {
    precondition {
      condition     = var.web_clock_count < 2 || !contains(["eco", "basic"], lower(var.web_clock_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}

# camp.yaml: web, Process: worker
resource "heroku_formation" "web_worker" {
  app_id   = heroku_app.web.id
  type     = "worker"
  quantity = var.web_worker_count
  size     = var.web_worker_dyno_size

  # The process type exists only after a build with this Procfile. A build starts one basic
  # web dyno, which Heroku does not mix with larger ones.
  depends_on = [
    heroku_build.web,
    heroku_formation.web,
  ]

  lifecycle {
    precondition {
      condition     = var.web_worker_count < 2 || !contains(["eco", "basic"], lower(var.web_worker_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}

# camp.yaml: web, Expose: hosts
resource "heroku_domain" "web_any_shop_example_com" {
  app_id   = heroku_app.web.id
  hostname = "*.shop.example.com"
}

# camp.yaml: web, Expose: hosts
resource "heroku_domain" "web_www_example_com" {
  app_id   = heroku_app.web.id
  hostname = "www.example.com"
}

# environments/heroku.yaml: drains
resource "heroku_drain" "web_logs_example_com_6514" {
  app_id = heroku_app.web.id
  url    = "syslog+tls://logs.example.com:6514"
}

# environments/heroku.yaml: drains
resource "heroku_drain" "web_log_url" {
  app_id        = heroku_app.web.id
  sensitive_url = var.log_url
}

# camp.yaml: runtime, Balance: sticky
resource "heroku_app_feature" "web_sticky" {
  app_id = heroku_app.web.id
  name   = "http-session-affinity"
}
