# camp.yaml: tickets; region from environments/heroku.yaml
resource "heroku_app" "tickets" {
  name       = var.tickets_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/go"]
}

# Its output is unknown while Terraform renames the app.
resource "terraform_data" "tickets_name" {
  input = heroku_app.tickets.name
}

locals {
  # For other apps. Known after the apply if that renames the app, so that they get the new URL at once.
  tickets_url = terraform_data.tickets_name.output == null ? "" : trimsuffix(heroku_app.tickets.web_url, "/")
}

# camp.yaml: tickets, Env
resource "heroku_app_config_association" "tickets" {
  app_id = heroku_app.tickets.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/tickets/.camp2iac/release"))
    DAYS             = var.days
    PEOPLE_HOST      = trimprefix(local.people_url, "https://")
    PEOPLE_PORT      = "443"
    PEOPLE_URL       = local.people_url
    WEB_HOST         = trimprefix(local.web_url, "https://")
    WEB_PORT         = "443"
    WEB_URL          = local.web_url
  }

  sensitive_vars = {
    CALL_TOKEN = random_password.call_token.result
  }

  # A change of the configuration runs the release command, which needs the add-ons: they are
  # destroyed later.
  depends_on = [heroku_addon.database]
}

# camp.yaml: tickets, content
resource "heroku_build" "tickets" {
  app_id = heroku_app.tickets.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # tickets/build/tickets/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/tickets", "./")
  }

  # Heroku releases a build immediately: its release command loads db/ticket.sql into the
  # database, and its first dyno reads the configuration.
  depends_on = [
    heroku_addon.database,
    heroku_app_config_association.tickets,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.tickets.stack,
      heroku_app.tickets.buildpacks,
    ]
  }
}

# camp.yaml: tickets, Process: web
resource "heroku_formation" "tickets" {
  app_id   = heroku_app.tickets.id
  type     = "web"
  quantity = var.tickets_count
  size     = var.tickets_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.tickets]
}
