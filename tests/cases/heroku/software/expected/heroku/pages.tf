# camp.yaml: pages
resource "heroku_app" "pages" {
  name       = var.pages_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/php"]
}

# camp.yaml: pages, content
resource "heroku_build" "pages" {
  app_id = heroku_app.pages.id

  # Without the "./" that path.module brings in a root module: the provider would pack
  # pages/build/pages/Procfile, and Heroku would find no application.
  source {
    path = trimprefix("${path.module}/build/pages", "./")
  }
}

# camp.yaml: pages
resource "heroku_formation" "pages" {
  app_id   = heroku_app.pages.id
  type     = "web"
  quantity = var.pages_count
  size     = var.pages_dyno_size

  # Heroku knows the process type only after a build with this Procfile.
  depends_on = [heroku_build.pages]
}
