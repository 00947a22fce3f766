# camp.yaml: cache; the smallest plan, as no environment names one
resource "heroku_addon" "cache" {
  # camp.yaml: office, ConnectTo cache. The app that owns the add-on gets REDIS_URL with it.
  app_id = heroku_app.office.id
  plan   = "heroku-redis:mini"
}
