# camp.yaml: cache; the smallest plan, because no environment file sets one
resource "heroku_addon" "cache" {
  # camp.yaml: shop, ConnectTo cache. The app that owns the add-on gets MEMCACHIER_SERVERS,
  # MEMCACHIER_USERNAME and MEMCACHIER_PASSWORD.
  app_id = heroku_app.shop.id
  plan   = "memcachier:dev"
}
