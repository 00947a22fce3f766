# camp.yaml: recipes; region from environments/heroku.yaml
resource "heroku_app" "recipes" {
  name       = var.recipes_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku-community/apt", "heroku/php"]
}

# camp.yaml: recipes, Env
resource "heroku_app_config_association" "recipes" {
  app_id = heroku_app.recipes.id

  vars = {
    LANGUAGE = var.language
    PICTURES = "/srv/pictures"
    TITLE    = var.title
  }
}

# camp.yaml: recipes, ConnectTo database: DATABASE_URL
resource "heroku_addon_attachment" "recipes_database" {
  app_id   = heroku_app.recipes.id
  addon_id = heroku_addon.database.id
  name     = "DATABASE"
}

# camp.yaml: recipes, content
resource "heroku_build" "recipes" {
  app_id = heroku_app.recipes.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # recipes/build/recipes/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/recipes", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [
    heroku_addon.database,
    heroku_addon_attachment.recipes_database,
    heroku_app_config_association.recipes,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.recipes.stack,
      heroku_app.recipes.buildpacks,
    ]
  }
}

# camp.yaml: recipes
resource "heroku_formation" "recipes" {
  app_id   = heroku_app.recipes.id
  type     = "web"
  quantity = var.recipes_count
  size     = var.recipes_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.recipes]
}
