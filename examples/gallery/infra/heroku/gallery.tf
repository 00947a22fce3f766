# camp.yaml: gallery; region from environments/heroku.yaml
resource "heroku_app" "gallery" {
  name       = var.gallery_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: gallery, Env
resource "heroku_app_config_association" "gallery" {
  app_id = heroku_app.gallery.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/gallery/.camp2iac/release"))
    CURATOR          = var.curator
    MAIL_HOST        = "mail.example.org"
    MAIL_PORT        = "587"
    MEDIA_ROOT       = "media"
    SERVE_MEDIA      = "yes"
  }

  sensitive_vars = {
    MAIL_PASSWORD = var.mail_password
    MAIL_URL      = "smtp://${replace(urlencode(var.mail_user), "+", "%20")}:${replace(urlencode(var.mail_password), "+", "%20")}@mail.example.org:587"
    MAIL_USER     = var.mail_user
    SECRET_KEY    = random_password.session_key.result
  }

  # A change of the configuration runs the release command, which needs the add-ons: they are
  # destroyed later.
  depends_on = [heroku_addon.database]
}

# camp.yaml: gallery, content
resource "heroku_build" "gallery" {
  app_id = heroku_app.gallery.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # gallery/build/gallery/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/gallery", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [
    heroku_addon.database,
    heroku_app_config_association.gallery,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.gallery.stack,
      heroku_app.gallery.buildpacks,
    ]
  }
}

# camp.yaml: gallery
resource "heroku_formation" "gallery" {
  app_id   = heroku_app.gallery.id
  type     = "web"
  quantity = var.gallery_count
  size     = var.gallery_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.gallery]
}
