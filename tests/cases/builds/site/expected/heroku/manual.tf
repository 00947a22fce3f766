# camp.yaml: manual; region from environments/heroku.yaml
resource "heroku_app" "manual" {
  name       = var.manual_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/nodejs", "heroku/php"]
}

# camp.yaml: manual, content
resource "heroku_build" "manual" {
  app_id = heroku_app.manual.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # manual/build/manual/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/manual", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.manual.stack,
      heroku_app.manual.buildpacks,
    ]
  }
}

# camp.yaml: manual
resource "heroku_formation" "manual" {
  app_id   = heroku_app.manual.id
  type     = "web"
  quantity = var.manual_count
  size     = var.manual_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.manual]
}
