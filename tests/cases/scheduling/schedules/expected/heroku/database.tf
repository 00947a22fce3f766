# camp.yaml: database; the smallest plan, because no environment file sets one
resource "heroku_addon" "database" {
  # camp.yaml: web, ConnectTo database. The app that owns the add-on gets DATABASE_URL.
  app_id = heroku_app.web.id
  plan   = "heroku-postgresql:essential-0"
}
