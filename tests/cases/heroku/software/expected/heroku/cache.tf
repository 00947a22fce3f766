# camp.yaml: cache; the smallest plan, because no environment file sets one
resource "heroku_addon" "cache" {
  # camp.yaml: go, ConnectTo cache. The app that owns the add-on gets MEMCACHIER_SERVERS,
  # MEMCACHIER_USERNAME and MEMCACHIER_PASSWORD.
  app_id = heroku_app.go.id
  plan   = "memcachier:dev"

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without cache.
    prevent_destroy = true
  }
}
