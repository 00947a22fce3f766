# camp.yaml: db; the smallest plan, because no environment file sets one
resource "heroku_addon" "db" {
  # camp.yaml: web, ConnectTo db. The app that owns the add-on gets JAWSDB_MARIA_URL.
  app_id = heroku_app.web.id
  plan   = "jawsdb-maria:kitefin"
}
