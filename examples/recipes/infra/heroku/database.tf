# camp.yaml: database; plan from environments/heroku.yaml: addons
resource "heroku_addon" "database" {
  # camp.yaml: recipes, ConnectTo database. The app that owns the add-on gets JAWSDB_MARIA_URL.
  app_id = heroku_app.recipes.id
  plan   = "jawsdb-maria:kitefin"
}
