# camp.yaml: depot
resource "heroku_app" "depot" {
  name       = var.depot_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/go"]
}

# camp.yaml: depot, content
resource "heroku_build" "depot" {
  app_id = heroku_app.depot.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # depot/build/depot/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/depot", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.depot.stack,
      heroku_app.depot.buildpacks,
    ]
  }
}

# camp.yaml: depot, Process: web
resource "heroku_formation" "depot" {
  app_id   = heroku_app.depot.id
  type     = "web"
  quantity = var.depot_count
  size     = var.depot_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.depot]
}

# camp.yaml: depot, Process: worker
resource "heroku_formation" "depot_worker" {
  app_id   = heroku_app.depot.id
  type     = "worker"
  quantity = var.depot_worker_count
  size     = var.depot_worker_dyno_size

  # The process type exists only after a build with this Procfile. A build starts one basic
  # web dyno, which Heroku does not mix with larger ones.
  depends_on = [
    heroku_build.depot,
    heroku_formation.depot,
  ]

  lifecycle {
    precondition {
      condition     = var.depot_worker_count < 2 || !contains(["eco", "basic"], lower(var.depot_worker_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}
