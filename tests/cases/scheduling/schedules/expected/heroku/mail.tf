# camp.yaml: mail
resource "heroku_app" "mail" {
  name       = var.mail_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: mail, configuration
resource "heroku_app_config_association" "mail" {
  app_id = heroku_app.mail.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/mail/.camp2iac/release"))
  }
}

# camp.yaml: mail, content
resource "heroku_build" "mail" {
  app_id = heroku_app.mail.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # mail/build/mail/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/mail", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [heroku_app_config_association.mail]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.mail.stack,
      heroku_app.mail.buildpacks,
    ]
  }
}

# camp.yaml: mail, Scale
resource "heroku_formation" "mail" {
  app_id   = heroku_app.mail.id
  type     = "worker"
  quantity = var.mail_count
  size     = var.mail_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.mail]

  lifecycle {
    precondition {
      condition     = var.mail_count < 2 || !contains(["eco", "basic"], lower(var.mail_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}
