# camp.yaml: cache; its plan by environments/heroku.yaml: addons
resource "heroku_addon" "cache" {
  # camp.yaml: thumbs, ConnectTo cache. The app that owns the add-on gets REDIS_URL with it.
  app_id = heroku_app.thumbs.id
  plan   = "heroku-redis:mini"
}
