# camp.yaml: tides
resource "heroku_app" "tides" {
  name       = var.tides_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/go"]
}

# camp.yaml: tides, content
resource "heroku_build" "tides" {
  app_id = heroku_app.tides.id

  source {
    url     = "https://gitlab.com/harbour/data/tides/-/archive/v1.2/tides-v1.2.tar.gz"
    version = "v1.2"
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.tides.stack,
      heroku_app.tides.buildpacks,
    ]
  }
}

# camp.yaml: tides
resource "heroku_formation" "tides" {
  app_id   = heroku_app.tides.id
  type     = "web"
  quantity = var.tides_count
  size     = var.tides_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.tides]
}
