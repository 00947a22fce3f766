# camp.yaml: queue; the smallest plan, because no environment file sets one
resource "heroku_addon" "queue" {
  # camp.yaml: shop, ConnectTo queue. The app that owns the add-on gets REDIS_URL.
  app_id = heroku_app.shop.id
  plan   = "heroku-redis:mini"

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without queue.
    prevent_destroy = true
  }
}
