# camp.yaml: recipes; region by environments/heroku.yaml
resource "heroku_app" "recipes" {
  name       = var.recipes_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/php"]
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

  # Without the "./" that path.module brings in a root module: the provider would pack
  # recipes/build/recipes/Procfile, and Heroku would find no application.
  source {
    path = trimprefix("${path.module}/build/recipes", "./")
  }

  # A build is released at once: its first dyno reads the configuration.
  depends_on = [
    heroku_addon.database,
    heroku_addon_attachment.recipes_database,
  ]
}

# camp.yaml: recipes
resource "heroku_formation" "recipes" {
  app_id   = heroku_app.recipes.id
  type     = "web"
  quantity = var.recipes_count
  size     = var.recipes_dyno_size

  # Heroku knows the process type only after a build with this Procfile.
  depends_on = [heroku_build.recipes]
}
