# camp.yaml: web; region from environments/heroku.yaml
resource "heroku_app" "web" {
  name             = var.web_app_name
  region           = "dublin"
  stack            = "heroku-26"
  buildpacks       = ["heroku/python"]
  space            = "harbour-dublin"
  internal_routing = true

  # Heroku now calls this a team.
  organization {
    name = "harbour"
  }
}

# camp.yaml: web, content
resource "heroku_build" "web" {
  app_id = heroku_app.web.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # web/build/web/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/web", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [heroku_addon.database]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.web.stack,
      heroku_app.web.buildpacks,
    ]
  }
}

# camp.yaml: web
resource "heroku_formation" "web" {
  app_id   = heroku_app.web.id
  type     = "web"
  quantity = var.web_count
  size     = var.web_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.web]
}

# environments/heroku.yaml: drains
resource "heroku_drain" "web_logs_example_com_1953d3" {
  app_id = heroku_app.web.id
  url    = "https://logs.example.com/in?source=web"
}
