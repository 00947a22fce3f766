# camp.yaml: store; the smallest plan, because no environment file sets one
resource "heroku_addon" "store" {
  # camp.yaml: jar, ConnectTo store. The app that owns the add-on gets REDIS_URL.
  app_id = heroku_app.jar.id
  plan   = "heroku-redis:mini"

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without store.
    prevent_destroy = true
  }
}
