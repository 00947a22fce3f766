# camp.yaml: database; the smallest plan, because no environment file sets one
resource "heroku_addon" "database" {
  # camp.yaml: gallery, ConnectTo database. The app that owns the add-on gets DATABASE_URL.
  app_id = heroku_app.gallery.id
  plan   = "heroku-postgresql:essential-0"

  # camp.yaml: database, PostgreSQL: the newest release in [13,18).
  config = {
    version = "17"
  }

  # To upgrade the database in place, use heroku pg:upgrade. Terraform would replace it and
  # destroy its data.
  lifecycle {
    ignore_changes = [config]
  }
}
