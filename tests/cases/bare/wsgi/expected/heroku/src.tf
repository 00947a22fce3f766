# camp.yaml: src
resource "heroku_app" "src" {
  name       = var.src_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: src, content
resource "heroku_build" "src" {
  app_id = heroku_app.src.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # src/build/src/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/src", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.src.stack,
      heroku_app.src.buildpacks,
    ]
  }
}

# camp.yaml: src
resource "heroku_formation" "src" {
  app_id   = heroku_app.src.id
  type     = "web"
  quantity = var.src_count
  size     = var.src_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.src]
}
