# camp.yaml: web
resource "heroku_app" "web" {
  name       = var.web_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: web, configuration
resource "heroku_app_config_association" "web" {
  app_id = heroku_app.web.id

  vars = {
    DIRECTORY_HOST = "10.1.2.3"
    DIRECTORY_PORT = "636"
    DIRECTORY_URL  = "ldaps://10.1.2.3"
    MAIL_HOST      = "mail.example.org"
    MAIL_PORT      = "587"
    MAIL_USER      = "shop@example.org"
    PAYMENTS_HOST  = "api.example.org"
    PAYMENTS_PORT  = "443"
    PAYMENTS_URL   = "https://api.example.org/v1"
    SEARCH_HOST    = "search.example.org"
    SEARCH_PORT    = "8983"
    SEARCH_URL     = "solr://search.example.org:8983/shop"
  }

  sensitive_vars = {
    DATABASE_URL  = "postgresql://${replace(urlencode(var.ledger_user), "+", "%20")}:${replace(urlencode(var.ledger_password), "+", "%20")}@ledger.example.org/ledger?sslmode=require"
    LEDGER_URL    = "postgresql://${replace(urlencode(var.ledger_user), "+", "%20")}:${replace(urlencode(var.ledger_password), "+", "%20")}@ledger.example.org/ledger?sslmode=require"
    MAIL_PASSWORD = var.mail_password
    MAIL_URL      = "smtp://shop%40example.org:${replace(urlencode(var.mail_password), "+", "%20")}@mail.example.org:587"
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
  depends_on = [heroku_app_config_association.web]

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
