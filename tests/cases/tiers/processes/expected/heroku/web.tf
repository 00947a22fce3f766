# camp.yaml: web
resource "heroku_app" "web" {
  name       = var.web_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: web, Env
resource "heroku_app_config_association" "web" {
  app_id = heroku_app.web.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/web/.camp2iac/release"))
    LEVEL            = "info"
  }

  # A change of the configuration runs the release command, which needs the add-ons: they are
  # destroyed later.
  depends_on = [heroku_addon.database]
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
    heroku_addon.database,
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

# camp.yaml: web, Scale
resource "heroku_formation" "web" {
  app_id   = heroku_app.web.id
  type     = "web"
  quantity = var.web_count
  size     = var.web_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.web]
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
