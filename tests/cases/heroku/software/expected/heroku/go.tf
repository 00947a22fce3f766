# camp.yaml: go
resource "heroku_app" "go" {
  name       = var.go_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/go"]
}

# camp.yaml: go, content
resource "heroku_build" "go" {
  app_id = heroku_app.go.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # go/build/go/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/go", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [heroku_addon.cache]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.go.stack,
      heroku_app.go.buildpacks,
    ]
  }
}

# camp.yaml: go
resource "heroku_formation" "go" {
  app_id   = heroku_app.go.id
  type     = "web"
  quantity = var.go_count
  size     = var.go_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.go]
}
