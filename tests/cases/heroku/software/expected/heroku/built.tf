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

  # Without the "./" that path.module brings in a root module: the provider would pack
  # built/build/built/Procfile, and Heroku would find no application.
  source {
    path = trimprefix("${path.module}/build/built", "./")
  }
}

# camp.yaml: built
resource "heroku_formation" "built" {
  app_id   = heroku_app.built.id
  type     = "web"
  quantity = var.built_count
  size     = var.built_dyno_size

  # Heroku knows the process type only after a build with this Procfile.
  depends_on = [heroku_build.built]
}
