# camp.yaml: tools; region from environments/heroku.yaml
resource "heroku_app" "tools" {
  name       = var.tools_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: tools, content
resource "heroku_build" "tools" {
  app_id = heroku_app.tools.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # tools/build/tools/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/tools", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.tools.stack,
      heroku_app.tools.buildpacks,
    ]
  }
}

# camp.yaml: tools, Process: worker
resource "heroku_formation" "tools" {
  app_id   = heroku_app.tools.id
  type     = "worker"
  quantity = var.tools_count
  size     = var.tools_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.tools]
}
