# camp.yaml: import
resource "heroku_app" "import" {
  name       = var.import_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: import, configuration
resource "heroku_app_config_association" "import" {
  app_id = heroku_app.import.id

  vars = {
    ARCHIVE_AWS_REGION               = "eu-1"
    ARCHIVE_BUCKET_NAME              = "papers"
    ARCHIVE_ENDPOINT_URL             = "https://s3.example.org:9000"
    ARCHIVE_URL                      = "https://s3.example.org:9000/papers"
    AWS_REQUEST_CHECKSUM_CALCULATION = "when_required"
    AWS_RESPONSE_CHECKSUM_VALIDATION = "when_required"
  }

  sensitive_vars = {
    ARCHIVE_AWS_ACCESS_KEY_ID     = var.archive_access_key
    ARCHIVE_AWS_SECRET_ACCESS_KEY = var.archive_secret_key
  }
}

# camp.yaml: import, ConnectTo uploads: UPLOADS
resource "heroku_addon_attachment" "import_uploads" {
  app_id   = heroku_app.import.id
  addon_id = heroku_addon.uploads.id
  name     = "UPLOADS"
}

# camp.yaml: import, content
resource "heroku_build" "import" {
  app_id = heroku_app.import.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # import/build/import/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/import", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [
    heroku_addon.uploads,
    heroku_addon_attachment.import_uploads,
    heroku_app_config_association.import,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.import.stack,
      heroku_app.import.buildpacks,
    ]
  }
}

# camp.yaml: import
resource "heroku_formation" "import" {
  app_id   = heroku_app.import.id
  type     = "web"
  quantity = var.import_count
  size     = var.import_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.import]
}
