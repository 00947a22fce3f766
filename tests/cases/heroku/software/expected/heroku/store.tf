# camp.yaml: store; the smallest plan, as no environment names one
resource "heroku_addon" "store" {
  # camp.yaml: jar, ConnectTo store. The app that owns the add-on gets REDIS_URL with it.
  app_id = heroku_app.jar.id
  plan   = "heroku-redis:mini"
}
