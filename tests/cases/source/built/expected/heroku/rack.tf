# camp.yaml: rack
resource "heroku_app" "rack" {
  name       = var.rack_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/ruby"]
}

# camp.yaml: rack, content
resource "heroku_build" "rack" {
  app_id = heroku_app.rack.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # rack/build/rack/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/rack", "./")
  }
}

# camp.yaml: rack
resource "heroku_formation" "rack" {
  app_id   = heroku_app.rack.id
  type     = "web"
  quantity = var.rack_count
  size     = var.rack_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.rack]
}
