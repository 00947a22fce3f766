# camp.yaml: database; plan from environments/heroku.yaml: addons
resource "heroku_addon" "database" {
  # camp.yaml: shop, ConnectTo database. The app that owns the add-on gets DATABASE_URL.
  app_id = heroku_app.shop.id
  plan   = "heroku-postgresql:essential-1"
}
