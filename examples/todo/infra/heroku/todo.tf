# camp.yaml: todo; region from environments/heroku.yaml
resource "heroku_app" "todo" {
  name       = var.todo_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/nodejs"]
}

# camp.yaml: todo, configuration
resource "heroku_app_config_association" "todo" {
  app_id = heroku_app.todo.id

  sensitive_vars = {
    MONGODB_URL = var.mongo_url
    MONGO_URL   = var.mongo_url
  }
}

# camp.yaml: todo, content
resource "heroku_build" "todo" {
  app_id = heroku_app.todo.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # todo/build/todo/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/todo", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [heroku_app_config_association.todo]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.todo.stack,
      heroku_app.todo.buildpacks,
    ]
  }
}

# camp.yaml: todo
resource "heroku_formation" "todo" {
  app_id   = heroku_app.todo.id
  type     = "web"
  quantity = var.todo_count
  size     = var.todo_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.todo]
}
