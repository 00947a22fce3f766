# camp.yaml: web; region by environments/heroku.yaml
resource "heroku_app" "web" {
  name             = var.web_app_name
  region           = "dublin"
  stack            = "heroku-26"
  buildpacks       = ["heroku/python"]
  space            = "harbour-dublin"
  internal_routing = true

  # A team, in today's words.
  organization {
    name = "harbour"
  }
}

# camp.yaml: web, content
resource "heroku_build" "web" {
  app_id = heroku_app.web.id

  # Without the "./" that path.module brings in a root module: the provider would pack
  # web/build/web/Procfile, and Heroku would find no application.
  source {
    path = trimprefix("${path.module}/build/web", "./")
  }

  # A build is released at once: its first dyno reads the configuration.
  depends_on = [heroku_addon.database]
}

# camp.yaml: web
resource "heroku_formation" "web" {
  app_id   = heroku_app.web.id
  type     = "web"
  quantity = var.web_count
  size     = var.web_dyno_size

  # Heroku knows the process type only after a build with this Procfile.
  depends_on = [heroku_build.web]
}

# environments/heroku.yaml: drains
resource "heroku_drain" "web_logs_example_com_1953d3" {
  app_id = heroku_app.web.id
  url    = "https://logs.example.com/in?source=web"
}
