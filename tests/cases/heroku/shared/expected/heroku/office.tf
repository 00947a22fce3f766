# camp.yaml: office
resource "heroku_app" "office" {
  name       = var.office_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]

  # Heroku now calls this a team.
  organization {
    name = "harbour"
  }
}

# Its output is unknown while Terraform renames the app.
resource "terraform_data" "office_name" {
  input = heroku_app.office.name
}

locals {
  # For other apps. Known after the apply if that renames the app, so that they get the new URL at once.
  office_url = terraform_data.office_name.output == null ? "" : trimsuffix(heroku_app.office.web_url, "/")
}

# camp.yaml: office, ConnectTo cache: CACHE_URL
resource "heroku_addon_attachment" "office_cache" {
  app_id   = heroku_app.office.id
  addon_id = heroku_addon.cache.id
  name     = "CACHE"
}

# camp.yaml: office, ConnectTo database: DATABASE_URL
resource "heroku_addon_attachment" "office_database" {
  app_id   = heroku_app.office.id
  addon_id = heroku_addon.database.id
  name     = "DATABASE"
}

# camp.yaml: office, content
resource "heroku_build" "office" {
  app_id = heroku_app.office.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # office/build/office/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/office", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration. Its database
  # is loaded by shop, which is built first.
  depends_on = [
    heroku_addon.cache,
    heroku_addon_attachment.office_cache,
    heroku_addon_attachment.office_database,
    heroku_build.shop,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.office.stack,
      heroku_app.office.buildpacks,
    ]
  }
}

# camp.yaml: office
resource "heroku_formation" "office" {
  app_id   = heroku_app.office.id
  type     = "web"
  quantity = var.office_count
  size     = var.office_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.office]
}
