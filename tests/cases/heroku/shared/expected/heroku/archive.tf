# camp.yaml: archive; the smallest plan, because no environment file sets one
resource "heroku_addon" "archive" {
  # camp.yaml: shop, ConnectTo archive. The app that owns the add-on gets its variables.
  app_id = heroku_app.shop.id
  plan   = "heroku-postgresql:essential-0"

  # The first add-on of its kind in an app sets DATABASE_URL: that of database.
  depends_on = [heroku_addon.database]

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without archive.
    prevent_destroy = true
  }
}
