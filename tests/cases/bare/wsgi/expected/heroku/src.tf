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

  # Without the "./" that path.module brings in a root module: the provider would pack
  # src/build/src/Procfile, and Heroku would find no application.
  source {
    path = trimprefix("${path.module}/build/src", "./")
  }
}

# camp.yaml: src
resource "heroku_formation" "src" {
  app_id   = heroku_app.src.id
  type     = "web"
  quantity = var.src_count
  size     = var.src_dyno_size

  # Heroku knows the process type only after a build with this Procfile.
  depends_on = [heroku_build.src]
}
