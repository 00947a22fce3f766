# camp.yaml: db; the smallest plan, because no environment file sets one
resource "heroku_addon" "db" {
  # camp.yaml: web, ConnectTo db. The app that owns the add-on gets JAWSDB_MARIA_URL.
  app_id = heroku_app.web.id
  plan   = "jawsdb-maria:kitefin"

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without db.
    prevent_destroy = true
  }
}
