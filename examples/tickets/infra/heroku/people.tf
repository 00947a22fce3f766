# camp.yaml: people; region from environments/heroku.yaml
resource "heroku_app" "people" {
  name       = var.people_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# Its output is unknown while Terraform renames the app.
resource "terraform_data" "people_name" {
  input = heroku_app.people.name
}

locals {
  # For other apps. Known after the apply if that renames the app, so that they get the new URL at once.
  people_url = terraform_data.people_name.output == null ? "" : trimsuffix(heroku_app.people.web_url, "/")
}

# camp.yaml: people, Env
resource "heroku_app_config_association" "people" {
  app_id = heroku_app.people.id

  sensitive_vars = {
    CALL_TOKEN = random_password.call_token.result
  }
}

# camp.yaml: people, ConnectTo photos: PHOTOS
resource "heroku_addon_attachment" "people_photos" {
  app_id   = heroku_app.people.id
  addon_id = heroku_addon.photos.id
  name     = "PHOTOS"
}

# camp.yaml: people, content
resource "heroku_build" "people" {
  app_id = heroku_app.people.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # people/build/people/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/people", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [
    heroku_addon.photos,
    heroku_addon_attachment.people_photos,
    heroku_app_config_association.people,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.people.stack,
      heroku_app.people.buildpacks,
    ]
  }
}

# camp.yaml: people, Scale
resource "heroku_formation" "people" {
  app_id   = heroku_app.people.id
  type     = "web"
  quantity = var.people_count
  size     = var.people_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.people]
}
