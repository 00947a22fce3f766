# camp.yaml: archive; the smallest plan, as no environment names one
resource "heroku_addon" "archive" {
  # camp.yaml: shop, ConnectTo archive. The app that owns the add-on gets its variables with it.
  app_id = heroku_app.shop.id
  plan   = "heroku-postgresql:essential-0"

  # The first add-on of its kind in an app is DATABASE_URL: that is database.
  depends_on = [heroku_addon.database]
}
