# camp.yaml: proxy
resource "heroku_app" "proxy" {
  name   = var.proxy_app_name
  region = "us"
  stack  = "container"
}

# camp.yaml: proxy, content
resource "heroku_build" "proxy" {
  app_id = heroku_app.proxy.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # proxy/build/proxy/heroku.yml, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/proxy", "./")
  }

  # Another stack of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [heroku_app.proxy.stack]
  }
}

# camp.yaml: proxy
resource "heroku_formation" "proxy" {
  app_id   = heroku_app.proxy.id
  type     = "web"
  quantity = var.proxy_count
  size     = var.proxy_dyno_size

  # The process type exists only after a build with this heroku.yml.
  depends_on = [heroku_build.proxy]
}
