# camp.yaml: ruby
resource "heroku_app" "ruby" {
  name       = var.ruby_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/ruby"]
}

# camp.yaml: ruby, content
resource "heroku_build" "ruby" {
  app_id = heroku_app.ruby.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # ruby/build/ruby/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/ruby", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.ruby.stack,
      heroku_app.ruby.buildpacks,
    ]
  }
}

# camp.yaml: ruby
resource "heroku_formation" "ruby" {
  app_id   = heroku_app.ruby.id
  type     = "web"
  quantity = var.ruby_count
  size     = var.ruby_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.ruby]
}
