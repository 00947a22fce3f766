# camp.yaml: tool
resource "heroku_app" "tool" {
  name       = var.tool_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: tool, content
resource "heroku_build" "tool" {
  app_id = heroku_app.tool.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # tool/build/tool/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/tool", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.tool.stack,
      heroku_app.tool.buildpacks,
    ]
  }
}

# camp.yaml: tool, Process: worker
resource "heroku_formation" "tool" {
  app_id   = heroku_app.tool.id
  type     = "worker"
  quantity = var.tool_count
  size     = var.tool_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.tool]
}
