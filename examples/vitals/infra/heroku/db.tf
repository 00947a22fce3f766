# camp.yaml: db; plan from environments/heroku.yaml: addons
resource "heroku_addon" "db" {
  # camp.yaml: vitals, ConnectTo db. The app that owns the add-on gets DATABASE_URL.
  app_id = heroku_app.vitals.id
  plan   = "heroku-postgresql:essential-0"
}
