# camp.yaml: jobs; plan from environments/heroku.yaml: addons
resource "heroku_addon" "jobs" {
  # camp.yaml: thumbs, ConnectTo jobs. The app that owns the add-on gets CLOUDAMQP_URL.
  app_id = heroku_app.thumbs.id
  plan   = "cloudamqp:lemur"
}
