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
