# camp.yaml: built
resource "heroku_app" "built" {
  name       = var.built_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku-community/inline"]
}

# camp.yaml: built, content
resource "heroku_build" "built" {
  app_id = heroku_app.built.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # built/build/built/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/built", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.built.stack,
      heroku_app.built.buildpacks,
    ]
  }
}

# camp.yaml: built
resource "heroku_formation" "built" {
  app_id   = heroku_app.built.id
  type     = "web"
  quantity = var.built_count
  size     = var.built_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.built]
}
