# camp.yaml: database; the smallest plan, because no environment file sets one
resource "heroku_addon" "database" {
  # camp.yaml: web, ConnectTo database. The app that owns the add-on gets DATABASE_URL.
  app_id = heroku_app.web.id
  plan   = "heroku-postgresql:essential-0"

  # camp.yaml: database, PostgreSQL: the newest release in 16.
  config = {
    version = "16"
  }

  # To upgrade the database in place, use heroku pg:upgrade. Terraform would replace it and
  # destroy its data.
  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without database.
    prevent_destroy = true
    ignore_changes  = [config]
  }
}
