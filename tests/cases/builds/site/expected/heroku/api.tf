# camp.yaml: api; region from environments/heroku.yaml
resource "heroku_app" "api" {
  name       = var.api_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/nodejs"]
}

# camp.yaml: api, content
resource "heroku_build" "api" {
  app_id = heroku_app.api.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # api/build/api/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/api", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.api.stack,
      heroku_app.api.buildpacks,
    ]
  }
}

# camp.yaml: api
resource "heroku_formation" "api" {
  app_id   = heroku_app.api.id
  type     = "web"
  quantity = var.api_count
  size     = var.api_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.api]
}
