# camp.yaml: clock
resource "heroku_app" "clock" {
  name       = var.clock_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/java"]
}

# camp.yaml: clock, configuration
resource "heroku_app_config_association" "clock" {
  app_id = heroku_app.clock.id

  vars = {
    JAVA_OPTS = "-Xmx256m"
  }
}

# camp.yaml: clock, content
resource "heroku_build" "clock" {
  app_id = heroku_app.clock.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # clock/build/clock/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/clock", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [heroku_app_config_association.clock]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.clock.stack,
      heroku_app.clock.buildpacks,
    ]
  }
}

# camp.yaml: clock
resource "heroku_formation" "clock" {
  app_id   = heroku_app.clock.id
  type     = "web"
  quantity = var.clock_count
  size     = var.clock_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.clock]
}
