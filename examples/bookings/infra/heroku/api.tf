# camp.yaml: api; region from environments/heroku.yaml
resource "heroku_app" "api" {
  name       = var.api_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
  acm        = true
}

# camp.yaml: api, Env
resource "heroku_app_config_association" "api" {
  app_id = heroku_app.api.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/api/.camp2iac/release"))
    KEEP_DAYS        = var.keep_days
  }

  # A change of the configuration runs the release command, which needs the add-ons: they are
  # destroyed later.
  depends_on = [
    heroku_addon.cache,
    heroku_addon.database,
    heroku_addon_attachment.api_cache,
  ]
}

# camp.yaml: api, ConnectTo cache: CACHE_URL
resource "heroku_addon_attachment" "api_cache" {
  app_id   = heroku_app.api.id
  addon_id = heroku_addon.cache.id
  name     = "CACHE"
}

# environments/heroku.yaml: extras
resource "heroku_addon" "api_scheduler" {
  app_id = heroku_app.api.id
  plan   = "scheduler:standard"
}

# camp.yaml: api, content
resource "heroku_build" "api" {
  app_id = heroku_app.api.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # api/build/api/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/api", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [
    heroku_addon.api_scheduler,
    heroku_addon.cache,
    heroku_addon.database,
    heroku_addon_attachment.api_cache,
    heroku_app_config_association.api,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.api.stack,
      heroku_app.api.buildpacks,
    ]
  }
}

# camp.yaml: api, Scale
resource "heroku_formation" "api" {
  app_id   = heroku_app.api.id
  type     = "web"
  quantity = var.api_count
  size     = var.api_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.api]
}

# camp.yaml: api, Process: worker
resource "heroku_formation" "api_worker" {
  app_id   = heroku_app.api.id
  type     = "worker"
  quantity = var.api_worker_count
  size     = var.api_worker_dyno_size

  # The process type exists only after a build with this Procfile. A build starts one basic
  # web dyno, which Heroku does not mix with larger ones.
  depends_on = [
    heroku_build.api,
    heroku_formation.api,
  ]

  lifecycle {
    precondition {
      condition     = var.api_worker_count < 2 || !contains(["eco", "basic"], lower(var.api_worker_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}

# camp.yaml: api, Expose: hosts
resource "heroku_domain" "api_bookings_example_org" {
  app_id   = heroku_app.api.id
  hostname = "bookings.example.org"
}
