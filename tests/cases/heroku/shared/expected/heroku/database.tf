# camp.yaml: database; plan from environments/heroku.yaml: addons
resource "heroku_addon" "database" {
  # camp.yaml: shop, ConnectTo database. The app that owns the add-on gets DATABASE_URL.
  app_id = heroku_app.shop.id
  plan   = "heroku-postgresql:essential-1"

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without database.
    prevent_destroy = true
  }
}
