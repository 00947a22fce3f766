# camp.yaml: database; plan from environments/heroku.yaml: addons
resource "heroku_addon" "database" {
  # camp.yaml: api, ConnectTo database. The app that owns the add-on gets DATABASE_URL.
  app_id = heroku_app.api.id
  plan   = "heroku-postgresql:essential-1"

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
