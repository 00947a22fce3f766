# camp.yaml: database; its plan by environments/heroku.yaml: addons
resource "heroku_addon" "database" {
  # camp.yaml: orders, ConnectTo database. The app that owns the add-on gets DATABASE_URL with
  # it.
  app_id = heroku_app.orders.id
  plan   = "heroku-postgresql:essential-0"

  # camp.yaml: database, PostgreSQL: the newest release in [13,18).
  config = {
    version = "17"
  }

  # Heroku upgrades a database in place (heroku pg:upgrade). Terraform could only replace it,
  # and its data with it.
  lifecycle {
    ignore_changes = [config]
  }
}
