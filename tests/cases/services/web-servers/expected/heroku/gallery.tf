# camp.yaml: gallery
resource "heroku_app" "gallery" {
  name       = var.gallery_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: gallery, content
resource "heroku_build" "gallery" {
  app_id = heroku_app.gallery.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # gallery/build/gallery/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/gallery", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.gallery.stack,
      heroku_app.gallery.buildpacks,
    ]
  }
}

# camp.yaml: gallery
resource "heroku_formation" "gallery" {
  app_id   = heroku_app.gallery.id
  type     = "web"
  quantity = var.gallery_count
  size     = var.gallery_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.gallery]
}
