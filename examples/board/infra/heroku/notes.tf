# camp.yaml: notes; plan from environments/heroku.yaml: addons
resource "heroku_addon" "notes" {
  # camp.yaml: board, ConnectTo notes. The app that owns the add-on gets REDIS_URL.
  app_id = heroku_app.board.id
  plan   = "heroku-redis:mini"
}
