# camp.yaml: cache; plan from environments/heroku.yaml: addons
resource "heroku_addon" "cache" {
  # camp.yaml: thumbs, ConnectTo cache. The app that owns the add-on gets REDIS_URL.
  app_id = heroku_app.thumbs.id
  plan   = "heroku-redis:mini"
}
