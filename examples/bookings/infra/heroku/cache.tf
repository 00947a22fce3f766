# camp.yaml: cache; the smallest plan, because no environment file sets one
resource "heroku_addon" "cache" {
  # camp.yaml: api, ConnectTo cache. The app that owns the add-on gets REDIS_URL.
  app_id = heroku_app.api.id
  plan   = "heroku-redis:mini"
}
