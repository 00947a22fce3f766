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
