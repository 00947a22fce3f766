# camp.yaml: store; the smallest plan, because no environment file sets one
resource "heroku_addon" "store" {
  # camp.yaml: front, ConnectTo store. The app that owns the add-on gets DATABASE_URL.
  app_id = heroku_app.front.id
  plan   = "heroku-postgresql:essential-0"

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without store.
    prevent_destroy = true
  }
}
