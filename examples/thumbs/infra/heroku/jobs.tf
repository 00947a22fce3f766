# camp.yaml: jobs; its plan by environments/heroku.yaml: addons
resource "heroku_addon" "jobs" {
  # camp.yaml: thumbs, ConnectTo jobs. The app that owns the add-on gets CLOUDAMQP_URL with it.
  app_id = heroku_app.thumbs.id
  plan   = "cloudamqp:lemur"
}
