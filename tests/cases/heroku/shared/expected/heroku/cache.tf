# camp.yaml: cache; the smallest plan, because no environment file sets one
resource "heroku_addon" "cache" {
  # camp.yaml: office, ConnectTo cache. The app that owns the add-on gets REDIS_URL.
  app_id = heroku_app.office.id
  plan   = "heroku-redis:mini"

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without cache.
    prevent_destroy = true
  }
}
