# camp.yaml: office
resource "heroku_app" "office" {
  name       = var.office_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: office, content
resource "heroku_build" "office" {
  app_id = heroku_app.office.id

  source {
    url     = "https://github.com/harbour/office/archive/0123456789abcdef0123456789abcdef01234567.tar.gz"
    version = "0123456789abcdef0123456789abcdef01234567"
  }

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
