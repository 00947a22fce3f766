# camp.yaml: photos; the smallest plan, because no environment file sets one
resource "heroku_addon" "photos" {
  # camp.yaml: people, ConnectTo photos. The app that owns the add-on gets
  # BUCKETEER_AWS_ACCESS_KEY_ID, BUCKETEER_AWS_SECRET_ACCESS_KEY, BUCKETEER_AWS_REGION and
  # BUCKETEER_BUCKET_NAME.
  app_id = heroku_app.people.id
  plan   = "bucketeer:hobbyist"
}
