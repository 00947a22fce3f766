# camp.yaml: front
resource "heroku_app" "front" {
  name       = var.front_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku-community/nginx"]
}

# camp.yaml: front, content
resource "heroku_build" "front" {
  app_id = heroku_app.front.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # front/build/front/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/front", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.front.stack,
      heroku_app.front.buildpacks,
    ]
  }
}

# camp.yaml: front
resource "heroku_formation" "front" {
  app_id   = heroku_app.front.id
  type     = "web"
  quantity = var.front_count
  size     = var.front_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.front]
}
