# camp.yaml: cache; the smallest plan, because no environment file sets one
resource "heroku_addon" "cache" {
  # camp.yaml: web, ConnectTo cache. The app that owns the add-on gets REDIS_URL.
  app_id = heroku_app.web.id
  plan   = "heroku-redis:mini"

  # To change this, Terraform would replace the store and destroy its data.
  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without cache.
    prevent_destroy = true
    ignore_changes  = [config]
  }
}
