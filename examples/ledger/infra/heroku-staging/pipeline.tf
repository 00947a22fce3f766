# environments/heroku-staging.yaml: pipeline
resource "heroku_pipeline" "pipeline" {
  name = "ledger"
}

# camp.yaml: ledger
resource "heroku_pipeline_coupling" "ledger" {
  app_id   = heroku_app.ledger.id
  pipeline = heroku_pipeline.pipeline.id
  stage    = "staging"
}
