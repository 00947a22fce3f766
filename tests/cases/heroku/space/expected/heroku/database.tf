# camp.yaml: database; its plan by environments/heroku.yaml: addons
resource "heroku_addon" "database" {
  # camp.yaml: web, ConnectTo database. The app that owns the add-on gets DATABASE_URL with it.
  app_id = heroku_app.web.id
  plan   = "heroku-postgresql:private-2"

  # camp.yaml: database, PostgreSQL: the newest release in [15,17).
  config = {
    version = "16"
  }

  # Heroku upgrades a database in place (heroku pg:upgrade). Terraform could only replace it,
  # and its data with it.
  lifecycle {
    ignore_changes = [config]
  }
}
