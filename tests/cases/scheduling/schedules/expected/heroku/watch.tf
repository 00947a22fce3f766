# camp.yaml: watch
resource "heroku_app" "watch" {
  name       = var.watch_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: watch, content
resource "heroku_build" "watch" {
  app_id = heroku_app.watch.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # watch/build/watch/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/watch", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.watch.stack,
      heroku_app.watch.buildpacks,
    ]
  }
}

# camp.yaml: watch, Process: worker
resource "heroku_formation" "watch" {
  app_id   = heroku_app.watch.id
  type     = "worker"
  quantity = var.watch_count
  size     = var.watch_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.watch]
}
