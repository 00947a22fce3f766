# camp.yaml: app; region from environments/heroku.yaml
resource "heroku_app" "app" {
  name       = var.app_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: app, Env
resource "heroku_app_config_association" "app" {
  app_id = heroku_app.app.id

  vars = {
    PLACE = "the cellar"
    UNIT  = "celsius"
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

# camp.yaml: app
resource "heroku_formation" "app" {
  app_id   = heroku_app.app.id
  type     = "web"
  quantity = var.app_count
  size     = var.app_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.app]
}
