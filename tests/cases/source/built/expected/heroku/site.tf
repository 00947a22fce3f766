# camp.yaml: site
resource "heroku_app" "site" {
  name       = var.site_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/java"]
}

# camp.yaml: site, content
resource "heroku_build" "site" {
  app_id = heroku_app.site.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # site/build/site/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/site", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.site.stack,
      heroku_app.site.buildpacks,
    ]
  }
}

# camp.yaml: site
resource "heroku_formation" "site" {
  app_id   = heroku_app.site.id
  type     = "web"
  quantity = var.site_count
  size     = var.site_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.site]
}
