# camp.yaml: rack
resource "heroku_app" "rack" {
  name       = var.rack_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/ruby"]
}

# camp.yaml: rack, configuration
resource "heroku_app_config_association" "rack" {
  app_id = heroku_app.rack.id

  vars = {
    HEROKU_SKIP_DATABASE_PROVISION = "1"
  }
}

# camp.yaml: rack, content
resource "heroku_build" "rack" {
  app_id = heroku_app.rack.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # rack/build/rack/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/rack", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [heroku_app_config_association.rack]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.rack.stack,
      heroku_app.rack.buildpacks,
    ]
  }
}

# camp.yaml: rack
resource "heroku_formation" "rack" {
  app_id   = heroku_app.rack.id
  type     = "web"
  quantity = var.rack_count
  size     = var.rack_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.rack]
}
