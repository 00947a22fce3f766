# camp.yaml: front; region from environments/heroku.yaml
resource "heroku_app" "front" {
  name       = var.front_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: front, Env
resource "heroku_app_config_association" "front" {
  app_id = heroku_app.front.id

  vars = {
    GREETING = var.welcome
  }

  sensitive_vars = {
    TOKEN = random_password.key.result
  }
}

# camp.yaml: front, content
resource "heroku_build" "front" {
  app_id = heroku_app.front.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # front/build/front/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/site", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [
    heroku_addon.store,
    heroku_app_config_association.front,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.front.stack,
      heroku_app.front.buildpacks,
    ]
  }
}

# camp.yaml: front, Scale
resource "heroku_formation" "front" {
  app_id   = heroku_app.front.id
  type     = "web"
  quantity = var.front_count
  size     = var.front_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.front]

  lifecycle {
    precondition {
      condition     = var.front_count < 2 || !contains(["eco", "basic"], lower(var.front_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}
