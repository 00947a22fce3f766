# camp.yaml: uploads; the smallest plan, because no environment file sets one
resource "heroku_addon" "uploads" {
  # camp.yaml: import, ConnectTo uploads. The app that owns the add-on gets
  # BUCKETEER_AWS_ACCESS_KEY_ID, BUCKETEER_AWS_SECRET_ACCESS_KEY, BUCKETEER_AWS_REGION and
  # BUCKETEER_BUCKET_NAME.
  app_id = heroku_app.import.id
  plan   = "bucketeer:hobbyist"

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without uploads.
    prevent_destroy = true
  }
}
