# camp.yaml: web; region from environments/heroku.yaml
resource "heroku_app" "web" {
  name       = var.web_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/nodejs"]
}

# Its output is unknown while Terraform renames the app.
resource "terraform_data" "web_name" {
  input = heroku_app.web.name
}

locals {
  # For other apps. Known after the apply if that renames the app, so that they get the new URL at once.
  web_url = terraform_data.web_name.output == null ? "" : trimsuffix(heroku_app.web.web_url, "/")
}

# camp.yaml: web, Env
resource "heroku_app_config_association" "web" {
  app_id = heroku_app.web.id

  vars = {
    PEOPLE_HOST  = trimprefix(local.people_url, "https://")
    PEOPLE_PORT  = "443"
    PEOPLE_URL   = local.people_url
    TICKETS_HOST = trimprefix(local.tickets_url, "https://")
    TICKETS_PORT = "443"
    TICKETS_URL  = local.tickets_url
  }

  sensitive_vars = {
    CALL_TOKEN = random_password.call_token.result
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
