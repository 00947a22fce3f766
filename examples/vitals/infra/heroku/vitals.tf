# camp.yaml: vitals; region from environments/heroku.yaml
resource "heroku_app" "vitals" {
  name       = var.vitals_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/java"]
}

# camp.yaml: vitals, configuration
resource "heroku_app_config_association" "vitals" {
  app_id = heroku_app.vitals.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/vitals/.camp2iac/release"))
  }

  # A change of the configuration runs the release command, which needs the add-ons: they are
  # destroyed later.
  depends_on = [
    heroku_addon.db,
    heroku_addon_attachment.vitals_db,
  ]
}

# camp.yaml: vitals, ConnectTo db: DB_URL
resource "heroku_addon_attachment" "vitals_db" {
  app_id   = heroku_app.vitals.id
  addon_id = heroku_addon.db.id
  name     = "DB"
}

# camp.yaml: vitals, content
resource "heroku_build" "vitals" {
  app_id = heroku_app.vitals.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # vitals/build/vitals/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/vitals", "./")
  }

  # Heroku releases a build immediately: its release command loads vitals.sql into the
  # database, and its first dyno reads the configuration.
  depends_on = [
    heroku_addon.db,
    heroku_addon_attachment.vitals_db,
    heroku_app_config_association.vitals,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.vitals.stack,
      heroku_app.vitals.buildpacks,
    ]
  }
}

# camp.yaml: vitals
resource "heroku_formation" "vitals" {
  app_id   = heroku_app.vitals.id
  type     = "web"
  quantity = var.vitals_count
  size     = var.vitals_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.vitals]
}
