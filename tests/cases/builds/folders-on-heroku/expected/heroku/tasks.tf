# camp.yaml: tasks; region from environments/heroku.yaml
resource "heroku_app" "tasks" {
  name       = var.tasks_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: tasks, content
resource "heroku_build" "tasks" {
  app_id = heroku_app.tasks.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # tasks/build/tasks/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/tasks", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.tasks.stack,
      heroku_app.tasks.buildpacks,
    ]
  }
}

# camp.yaml: tasks, Process: worker
resource "heroku_formation" "tasks" {
  app_id   = heroku_app.tasks.id
  type     = "worker"
  quantity = var.tasks_count
  size     = var.tasks_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.tasks]
}
