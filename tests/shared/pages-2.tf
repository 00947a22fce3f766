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

  # Without the "./" of path.module in a root module. With it, the provider packs
  # pages/build/pages/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/pages", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.pages.stack,
      heroku_app.pages.buildpacks,
    ]
  }
}

# camp.yaml: pages
resource "heroku_formation" "pages" {
  app_id   = heroku_app.pages.id
  type     = "web"
  quantity = var.pages_count
  size     = var.pages_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.pages]
}
