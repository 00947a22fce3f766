# camp.yaml: cache; the smallest plan, as no environment names one
resource "heroku_addon" "cache" {
  # camp.yaml: go, ConnectTo cache. The app that owns the add-on gets MEMCACHIER_SERVERS,
  # MEMCACHIER_USERNAME and MEMCACHIER_PASSWORD with it.
  app_id = heroku_app.go.id
  plan   = "memcachier:dev"
}
