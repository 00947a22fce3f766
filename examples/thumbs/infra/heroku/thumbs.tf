# camp.yaml: thumbs; region from environments/heroku.yaml
resource "heroku_app" "thumbs" {
  name       = var.thumbs_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: thumbs, Env
resource "heroku_app_config_association" "thumbs" {
  app_id = heroku_app.thumbs.id

  vars = {
    EDGE = var.edge
  }
}

# camp.yaml: thumbs, ConnectTo cache: CACHE_URL
resource "heroku_addon_attachment" "thumbs_cache" {
  app_id   = heroku_app.thumbs.id
  addon_id = heroku_addon.cache.id
  name     = "CACHE"
}

# camp.yaml: thumbs, ConnectTo jobs: JOBS_URL
resource "heroku_addon_attachment" "thumbs_jobs" {
  app_id   = heroku_app.thumbs.id
  addon_id = heroku_addon.jobs.id
  name     = "JOBS"
}

# camp.yaml: thumbs, ConnectTo jobs: AMQP_URL
resource "heroku_addon_attachment" "thumbs_amqp" {
  app_id   = heroku_app.thumbs.id
  addon_id = heroku_addon.jobs.id
  name     = "AMQP"
}

# camp.yaml: thumbs, content
resource "heroku_build" "thumbs" {
  app_id = heroku_app.thumbs.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # thumbs/build/thumbs/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/thumbs", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [
    heroku_addon.cache,
    heroku_addon.jobs,
    heroku_addon_attachment.thumbs_amqp,
    heroku_addon_attachment.thumbs_cache,
    heroku_addon_attachment.thumbs_jobs,
    heroku_app_config_association.thumbs,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.thumbs.stack,
      heroku_app.thumbs.buildpacks,
    ]
  }
}

# camp.yaml: thumbs
resource "heroku_formation" "thumbs" {
  app_id   = heroku_app.thumbs.id
  type     = "web"
  quantity = var.thumbs_count
  size     = var.thumbs_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.thumbs]
}

# camp.yaml: thumbs, Process: worker
resource "heroku_formation" "thumbs_worker" {
  app_id   = heroku_app.thumbs.id
  type     = "worker"
  quantity = var.thumbs_worker_count
  size     = var.thumbs_worker_dyno_size

  # The process type exists only after a build with this Procfile. A build starts one basic
  # web dyno, which Heroku does not mix with larger ones.
  depends_on = [
    heroku_build.thumbs,
    heroku_formation.thumbs,
  ]

  lifecycle {
    precondition {
      condition     = var.thumbs_worker_count < 2 || !contains(["eco", "basic"], lower(var.thumbs_worker_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}
