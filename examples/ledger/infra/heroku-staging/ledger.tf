# camp.yaml: ledger; region from environments/heroku-staging.yaml
resource "heroku_app" "ledger" {
  name       = var.ledger_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/java", "heroku-community/inline"]
  acm        = true
}

# camp.yaml: ledger, Env
resource "heroku_app_config_association" "ledger" {
  app_id = heroku_app.ledger.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/ledger/.camp2iac/release"))
    CURRENCY         = "TEST"
    JAVA_OPTS        = "-Xmx${var.heap}m"
    LIMIT            = var.limit
  }

  sensitive_vars = {
    DATABASE_URL           = "postgresql://${replace(urlencode(var.database_user), "+", "%20")}:${replace(urlencode(var.database_password), "+", "%20")}@db.staging.example.org/ledger"
    JDBC_DATABASE_PASSWORD = var.database_password
    JDBC_DATABASE_URL      = "jdbc:postgresql://db.staging.example.org:5432/ledger?user=${replace(urlencode(var.database_user), "+", "%20")}&password=${replace(urlencode(var.database_password), "+", "%20")}"
    JDBC_DATABASE_USERNAME = var.database_user
  }
}

# camp.yaml: ledger, content
resource "heroku_build" "ledger" {
  app_id = heroku_app.ledger.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # ledger/build/ledger/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/ledger", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [heroku_app_config_association.ledger]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.ledger.stack,
      heroku_app.ledger.buildpacks,
    ]
  }
}

# camp.yaml: ledger, Scale
resource "heroku_formation" "ledger" {
  app_id   = heroku_app.ledger.id
  type     = "web"
  quantity = var.ledger_count
  size     = var.ledger_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.ledger]
}

# camp.yaml: ledger, Expose: hosts
resource "heroku_domain" "ledger_ledger_staging_example_org" {
  app_id   = heroku_app.ledger.id
  hostname = "ledger.staging.example.org"
}
