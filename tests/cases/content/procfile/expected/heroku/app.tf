# camp.yaml: app
resource "heroku_app" "app" {
  name       = var.app_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/nodejs"]
}

# camp.yaml: app, Env
resource "heroku_app_config_association" "app" {
  app_id = heroku_app.app.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/app/.camp2iac/release"))
    QUEUE            = "letters"
  }
}

# camp.yaml: app, content
resource "heroku_build" "app" {
  app_id = heroku_app.app.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # app/build/app/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/app", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [heroku_app_config_association.app]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.app.stack,
      heroku_app.app.buildpacks,
    ]
  }
}

# camp.yaml: app, Process: web
resource "heroku_formation" "app" {
  app_id   = heroku_app.app.id
  type     = "web"
  quantity = var.app_count
  size     = var.app_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.app]
}

# camp.yaml: app, Process: log_mover
resource "heroku_formation" "app_log_mover" {
  app_id   = heroku_app.app.id
  type     = "log_mover"
  quantity = var.app_log_mover_count
  size     = var.app_log_mover_dyno_size

  # The process type exists only after a build with this Procfile. A build starts one basic
  # web dyno, which Heroku does not mix with larger ones.
  depends_on = [
    heroku_build.app,
    heroku_formation.app,
  ]

  lifecycle {
    precondition {
      condition     = var.app_log_mover_count < 2 || !contains(["eco", "basic"], lower(var.app_log_mover_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}

# camp.yaml: app, Process: worker
resource "heroku_formation" "app_worker" {
  app_id   = heroku_app.app.id
  type     = "worker"
  quantity = var.app_worker_count
  size     = var.app_worker_dyno_size

  # The process type exists only after a build with this Procfile. A build starts one basic
  # web dyno, which Heroku does not mix with larger ones.
  depends_on = [
    heroku_build.app,
    heroku_formation.app,
  ]

  lifecycle {
    precondition {
      condition     = var.app_worker_count < 2 || !contains(["eco", "basic"], lower(var.app_worker_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}
